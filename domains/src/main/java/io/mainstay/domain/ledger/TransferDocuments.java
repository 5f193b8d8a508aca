package io.mainstay.domain.ledger;

import io.mainstay.core.access.Document;
import io.mainstay.core.access.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What callers are told about what they did with transfers: the same members, whichever event it has become. */
final class TransferDocuments {
    private static final String ELSEWHERE = "null if the account lives on another shard.";

    private static final Document<Line> LINE = Document.<Line>named("PostedEntry", "What a posting did to one account.")
            .uuid("account", Line::account, "", LedgerExamples.WALLET)
            .text("asset", Line::asset, "", LedgerExamples.ASSET)
            .whole("amountMinor", Line::amountMinor, "Negative if it left the account.", LedgerExamples.AMOUNT)
            .wholeOrNull("balanceMinor", Line::balanceMinor, ELSEWHERE, LedgerExamples.AMOUNT)
            .wholeOrNull("version", Line::version, ELSEWHERE, 2)
            .build();

    private TransferDocuments() {}

    /** One account's part of a posting; null where this shard does not know. */
    private record Line(
            UUID account,
            String asset,
            long amountMinor,
            @Nullable Long balanceMinor,
            @Nullable Long version) {
        static Line of(Entry entry) {
            return new Line(
                    entry.account(), entry.asset(), entry.balanceChangeMinor(), entry.balanceMinor(), entry.version());
        }

        static Line elsewhere(Leg leg) {
            return new Line(leg.account(), leg.asset(), leg.amountMinor(), null, null);
        }
    }

    static <E> Document<Fact<E>> posted(Function<E, Moved> moved) {
        return moved("TransferPosted", "A transfer, with what it left behind.", "posted", moved)
                .time("postedAt", Fact::time, "")
                .build();
    }

    static <E> Document<Fact<E>> confirmed(Function<E, Moved> moved) {
        return held("TransferConfirmed", "A reserved transfer that is posted now.", "posted", moved)
                .time("confirmedAt", Fact::time, "")
                .build();
    }

    static <E> Document<Fact<E>> cancelled(Function<E, Moved> moved) {
        return held("TransferCancelled", "A reserved transfer that is released.", "cancelled", moved)
                .time("cancelledAt", Fact::time, "")
                .build();
    }

    static <E> Document<Fact<E>> reserved(Function<E, Moved> moved) {
        return held("TransferReserved", "A transfer that waits to be confirmed.", "reserved", moved)
                .timeOrNull("expiresAt", fact -> moved.apply(fact.event()).expires(), "When it is released by itself.")
                .time("reservedAt", Fact::time, "")
                .build();
    }

    static Document<Fact<EntriesPosted>> entriesPosted() {
        return entries(
                EntriesPosted::id,
                EntriesPosted::reverses,
                EntriesPosted::reference,
                posted -> posted.entries().stream().map(Line::of).toList());
    }

    static Document<Fact<TakenOut>> entriesTaken() {
        return entries(TakenOut::id, TakenOut::reverses, TakenOut::reference, TransferDocuments::lines);
    }

    /** A credit here is expected until the transfer settles, which changes the account once more. */
    private static List<Line> lines(TakenOut taken) {
        List<Line> lines = new ArrayList<>();
        for (Entry entry : taken.entries()) {
            lines.add(
                    entry.balanceChangeMinor() != 0
                            ? Line.of(entry)
                            : new Line(entry.account(), entry.asset(), entry.expectedChangeMinor(), null, null));
        }
        taken.elsewhere().forEach(far -> lines.add(Line.elsewhere(far.leg())));
        return lines;
    }

    private static <E> Document<Fact<E>> entries(
            Function<E, UUID> id,
            Function<E, Optional<UUID>> reverses,
            Function<E, String> reference,
            Function<E, List<Line>> lines) {
        return Document.<Fact<E>>named("EntriesPosted", "A transfer with all its entries.")
                .uuid("id", fact -> id.apply(fact.event()), "", LedgerExamples.TRANSFER)
                .text("status", fact -> "posted", "", "posted")
                .uuidOrNull(
                        "reverses",
                        fact -> reverses.apply(fact.event()).orElse(null),
                        "The transfer that it takes back; null if none.",
                        LedgerExamples.REVERSAL)
                .textOrNull("reference", fact -> reference.apply(fact.event()), "", LedgerExamples.REFERENCE)
                .parts("entries", fact -> lines.apply(fact.event()), "In the order of the legs by shard.", LINE)
                .whole("version", Fact::version, "", 2)
                .place(Fact::shard, Fact::offset)
                .time("postedAt", Fact::time, "")
                .build();
    }

    private static <E> Document.Builder<Fact<E>> moved(
            String name, String description, String status, Function<E, Moved> moved) {
        return Document.<Fact<E>>named(name, description)
                .uuid("id", fact -> moved.apply(fact.event()).id(), "", LedgerExamples.TRANSFER)
                .text("status", fact -> status, "", status)
                .uuid("from", fact -> moved.apply(fact.event()).from().account(), "", LedgerExamples.BANK)
                .uuidOrNull(
                        "to",
                        fact -> to(fact, moved, Moved.Side::account),
                        "null if the event does not know the account of another shard.",
                        LedgerExamples.WALLET)
                .text("asset", fact -> moved.apply(fact.event()).asset(), "", LedgerExamples.ASSET)
                .whole("amountMinor", fact -> moved.apply(fact.event()).amountMinor(), "", LedgerExamples.AMOUNT)
                .textOrNull("reference", fact -> moved.apply(fact.event()).reference(), "", LedgerExamples.REFERENCE)
                .wholeOrNull(
                        "fromBalanceMinor",
                        fact -> moved.apply(fact.event()).from().balanceMinor(),
                        "",
                        -LedgerExamples.AMOUNT)
                .wholeOrNull(
                        "fromVersion", fact -> moved.apply(fact.event()).from().version(), "", 2)
                .wholeOrNull(
                        "toBalanceMinor",
                        fact -> to(fact, moved, Moved.Side::balanceMinor),
                        ELSEWHERE,
                        LedgerExamples.AMOUNT)
                .wholeOrNull("toVersion", fact -> to(fact, moved, Moved.Side::version), ELSEWHERE, 2)
                .whole("version", Fact::version, "Of what If-Match expects a version of.", 2)
                .place(Fact::shard, Fact::offset);
    }

    private static <E> Document.Builder<Fact<E>> held(
            String name, String description, String status, Function<E, Moved> moved) {
        return TransferDocuments.<E>moved(name, description, status, moved)
                .wholeOrNull(
                        "fromReservedMinor",
                        fact -> moved.apply(fact.event()).from().reservedMinor(),
                        "",
                        LedgerExamples.AMOUNT)
                .wholeOrNull(
                        "toExpectedMinor",
                        fact -> to(fact, moved, Moved.Side::expectedMinor),
                        ELSEWHERE,
                        LedgerExamples.AMOUNT);
    }

    private static <E, V> @Nullable V to(Fact<E> fact, Function<E, Moved> moved, Function<Moved.Side, @Nullable V> of) {
        Moved.Side to = moved.apply(fact.event()).to();
        return to == null ? null : of.apply(to);
    }
}
