package io.mainstay.client.cli;

import io.mainstay.client.Account;
import io.mainstay.client.Asset;
import io.mainstay.client.Change;
import io.mainstay.client.Changed;
import io.mainstay.client.DeadLetter;
import io.mainstay.client.DeadLetterDetails;
import io.mainstay.client.DeadLetterRetry;
import io.mainstay.client.Entry;
import io.mainstay.client.Leg;
import io.mainstay.client.ListedAccount;
import io.mainstay.client.MainstayProblem;
import io.mainstay.client.Party;
import io.mainstay.client.Position;
import io.mainstay.client.Posting;
import io.mainstay.client.Saga;
import io.mainstay.client.Statement;
import io.mainstay.client.Transfer;
import io.mainstay.client.TransferState;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the SDK answers as names and values. */
final class Documents {
    private Documents() {}

    static Map<String, Object> of(Account account) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", account.id());
        document.put("ledger", account.ledger());
        document.put("asset", account.asset());
        document.put("status", account.status());
        document.put("minBalanceMinor", Optional.ofNullable(account.minBalanceMinor()));
        document.put("maxBalanceMinor", Optional.ofNullable(account.maxBalanceMinor()));
        document.put("balanceMinor", account.balanceMinor());
        document.put("reservedMinor", account.reservedMinor());
        document.put("expectedMinor", account.expectedMinor());
        document.put("availableMinor", account.availableMinor());
        document.put("reference", account.reference());
        putKnown(document, "owner", account.owner());
        document.put("version", account.version());
        putPosition(document, account.position());
        return document;
    }

    static Map<String, Object> of(ListedAccount account) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", account.id());
        document.put("ledger", account.ledger());
        document.put("asset", account.asset());
        document.put("status", account.status());
        document.put("minBalanceMinor", Optional.ofNullable(account.minBalanceMinor()));
        document.put("maxBalanceMinor", Optional.ofNullable(account.maxBalanceMinor()));
        document.put("balanceMinor", account.balanceMinor());
        document.put("reservedMinor", account.reservedMinor());
        document.put("expectedMinor", account.expectedMinor());
        document.put("reference", account.reference());
        putKnown(document, "owner", account.owner());
        document.put("version", account.version());
        document.put("shard", account.shard());
        document.put("openedAt", account.openedAt());
        return document;
    }

    /** What a statement says before its entries. */
    static Map<String, Object> of(Statement statement) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("from", statement.from());
        document.put("to", statement.to());
        document.put("openingBalanceMinor", statement.openingBalanceMinor());
        document.put("closingBalanceMinor", statement.closingBalanceMinor());
        putPosition(document, statement.projection());
        return document;
    }

    static Map<String, Object> of(Changed changed) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", changed.id());
        document.put("version", changed.version());
        putPosition(document, changed.position());
        document.put("at", changed.at());
        return document;
    }

    static Map<String, Object> of(Asset asset) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("code", asset.code());
        putKnown(document, "scale", asset.scale());
        document.put("inFlightMinor", asset.inFlightMinor());
        putPosition(document, asset.position());
        return document;
    }

    static Map<String, Object> of(Party party) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", party.id());
        document.put("ledger", party.ledger());
        document.put("name", party.name());
        document.put("email", party.email());
        document.put("version", party.version());
        putPosition(document, party.position());
        return document;
    }

    static Map<String, Object> of(Transfer transfer) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", transfer.id());
        document.put("status", transfer.status());
        putKnown(document, "from", transfer.from());
        putKnown(document, "to", transfer.to());
        putKnown(document, "asset", transfer.asset());
        putKnown(document, "amountMinor", transfer.amountMinor());
        document.put("reference", transfer.reference());
        putAfter(document, "from", transfer.fromAfter());
        putAfter(document, "to", transfer.toAfter());
        putKnown(document, "reverses", transfer.reverses());
        putKnown(document, "reversedBy", transfer.reversedBy());
        putKnown(document, "expiresAt", transfer.expiresAt());
        putPosition(document, transfer.position());
        document.put("at", transfer.at());
        return document;
    }

    static Map<String, Object> of(Posting posting) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", posting.id());
        document.put("status", posting.status());
        putKnown(document, "reverses", posting.reverses());
        document.put("reference", posting.reference());
        document.put("entries", posting.lines().stream().map(Documents::of).toList());
        putPosition(document, posting.position());
        document.put("at", posting.at());
        return document;
    }

    static Map<String, Object> of(TransferState state) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", state.id());
        document.put("status", state.status());
        putKnown(document, "expiresAt", state.expiresAt());
        document.put("legs", state.legs().stream().map(Documents::of).toList());
        putPosition(document, state.position());
        return document;
    }

    static Map<String, Object> of(Entry entry) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", entry.id());
        document.put("transferId", entry.transferId());
        putKnown(document, "counterparty", entry.counterparty());
        document.put("amountMinor", entry.amountMinor());
        document.put("balanceMinor", entry.balanceMinor());
        document.put("version", entry.version());
        document.put("reference", entry.reference());
        putPosition(document, entry.position());
        document.put("postedAt", entry.postedAt());
        return document;
    }

    static Map<String, Object> of(int shard, Change change) {
        Map<String, Object> document = new LinkedHashMap<>();
        putPosition(document, new Position(shard, change.offset()));
        document.put("time", change.time());
        putKnown(document, "sender", change.sender());
        putKnown(document, "command", change.command());
        document.put("events", change.events());
        return document;
    }

    static Map<String, Object> of(DeadLetter letter) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", letter.id());
        document.put("target", letter.target());
        putPosition(document, letter.position());
        document.put("index", letter.index());
        document.put("eventAt", letter.eventAt());
        document.put("domain", letter.domain());
        document.put("type", letter.type());
        document.put("state", letter.state());
        document.put("cause", letter.cause());
        document.put("retries", letter.retries());
        document.put("createdAt", letter.createdAt());
        document.put("updatedAt", letter.updatedAt());
        document.put("rows", letter.rows());
        return document;
    }

    static Map<String, Object> of(DeadLetterDetails details) {
        Map<String, Object> document = of(details.letter());
        document.put("frameHash", details.frameHash());
        putKnown(document, "event", details.event());
        putKnown(document, "discardedBy", details.discardedBy());
        putKnown(document, "discardedBecause", details.discardedBecause());
        document.put("stack", details.stack());
        return document;
    }

    static Map<String, Object> of(DeadLetterRetry retry) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("target", retry.target());
        document.put("shard", retry.shard());
        document.put("resolvedCount", retry.resolvedCount());
        document.put("parkedCount", retry.parkedCount());
        document.put("queuedCount", retry.queuedCount());
        return document;
    }

    static Map<String, Object> of(Saga saga) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("shard", saga.position().shard());
        document.put("saga", saga.number());
        document.put("subject", saga.subject());
        document.put("phase", saga.phase());
        document.put("beganAt", saga.beganAt());
        document.put("deadlineAt", saga.deadlineAt());
        putKnown(document, "refusal", saga.refusal());
        document.put("steps", saga.steps().stream().map(Documents::of).toList());
        return document;
    }

    static Map<String, Object> of(MainstayProblem refusal) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("type", refusal.problem().type());
        document.put("status", refusal.status());
        document.put("title", refusal.problem().title());
        document.put("detail", refusal.problem().detail());
        document.put("pointer", refusal.pointer());
        return document;
    }

    private static Map<String, Object> of(Leg leg) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("account", leg.account());
        document.put("asset", leg.asset());
        document.put("amountMinor", leg.amountMinor());
        return document;
    }

    private static Map<String, Object> of(Posting.Line line) {
        Map<String, Object> document = of(line.leg());
        Transfer.After after = line.after();
        if (after != null) {
            document.put("balanceMinor", after.balanceMinor());
            document.put("version", after.version());
        }
        return document;
    }

    private static Map<String, Object> of(Saga.Step step) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("shard", step.shard());
        document.put("what", step.what());
        document.put("phase", step.phase());
        return document;
    }

    private static void putAfter(Map<String, Object> document, String side, Transfer.@Nullable After after) {
        if (after != null) {
            document.put(side + "BalanceMinor", after.balanceMinor());
            document.put(side + "Version", after.version());
        }
    }

    private static void putKnown(Map<String, Object> document, String name, @Nullable Object value) {
        if (value != null) {
            document.put(name, value);
        }
    }

    private static void putPosition(Map<String, Object> document, Position position) {
        document.put("shard", position.shard());
        document.put("offset", position.offset());
    }
}
