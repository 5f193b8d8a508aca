package io.mainstay.api;

import io.mainstay.core.gateway.CommandGateway.Reading;
import io.mainstay.core.gateway.Outcome;
import io.mainstay.domain.ledger.AccountOpened;
import io.mainstay.domain.ledger.LedgerState.AccountView;
import io.mainstay.domain.ledger.OpenAccount;
import io.mainstay.domain.ledger.TransferPosted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The ledger's facts and states as JSON. */
final class LedgerJson {
    private LedgerJson() {}

    static JsonText opened(AccountOpened opened, Outcome.Accepted accepted) {
        JsonText json = new JsonText()
                .object()
                .text("id", opened.id())
                .text("ledger", opened.ledger())
                .text("asset", opened.asset());
        minBalance(json, opened.minBalanceMinor());
        return json.number("balanceMinor", 0)
                .number("version", accepted.version())
                .number("shard", accepted.shard())
                .number("offset", accepted.offset())
                .text("openedAt", time(accepted))
                .end();
    }

    static JsonText posted(TransferPosted posted, Outcome.Accepted accepted) {
        return new JsonText()
                .object()
                .text("id", posted.id())
                .text("status", "posted")
                .text("from", posted.from())
                .text("to", posted.to())
                .text("asset", posted.asset())
                .number("amountMinor", posted.amountMinor())
                .text("reference", orNull(posted.reference()))
                .number("fromBalanceMinor", posted.fromBalanceMinor())
                .number("fromVersion", posted.fromVersion())
                .number("toBalanceMinor", posted.toBalanceMinor())
                .number("toVersion", posted.toVersion())
                .number("version", posted.fromVersion())
                .number("shard", accepted.shard())
                .number("offset", accepted.offset())
                .text("postedAt", time(accepted))
                .end();
    }

    static JsonText account(AccountView account, Reading<?> reading) {
        JsonText json = new JsonText()
                .object()
                .text("id", account.id())
                .text("ledger", account.ledger())
                .text("asset", account.asset());
        minBalance(json, account.minBalanceMinor());
        return json.number("balanceMinor", account.balanceMinor())
                .number("version", account.version())
                .number("shard", reading.shard())
                .number("offset", reading.nextOffset() - 1)
                .end();
    }

    static JsonText transfer(LedgerReads.Transfer transfer) {
        return new JsonText()
                .object()
                .text("id", transfer.id())
                .text("status", "posted")
                .text("from", transfer.from())
                .text("to", transfer.to())
                .text("asset", transfer.asset())
                .number("amountMinor", transfer.amountMinor())
                .text("reference", orNull(transfer.reference()))
                .number("shard", transfer.shard())
                .number("offset", transfer.offset())
                .text("postedAt", transfer.postedAt())
                .end();
    }

    static JsonText entries(LedgerReads.EntryPage page, int shard, @Nullable String next) {
        JsonText json = new JsonText().object().array("entries");
        for (LedgerReads.Entry entry : page.entries()) {
            json.object()
                    .text("id", entry.id())
                    .text("transferId", entry.transferId())
                    .text("counterparty", entry.counterparty())
                    .number("amountMinor", entry.amountMinor())
                    .number("balanceMinor", entry.balanceMinor())
                    .number("version", entry.version())
                    .text("reference", orNull(entry.reference()))
                    .number("shard", entry.shard())
                    .number("offset", entry.offset())
                    .text("postedAt", entry.postedAt())
                    .end();
        }
        return json.endArray()
                .text("next", next)
                .object("projection")
                .number("shard", shard)
                .number("offset", page.projectedBefore() - 1)
                .end()
                .end();
    }

    private static void minBalance(JsonText json, long minBalanceMinor) {
        if (minBalanceMinor == OpenAccount.UNLIMITED) {
            json.text("minBalanceMinor", null);
        } else {
            json.number("minBalanceMinor", minBalanceMinor);
        }
    }

    private static Instant time(Outcome.Decided decided) {
        return Instant.EPOCH.plus(decided.timestampMicros(), ChronoUnit.MICROS);
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
