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
                .field("id", opened.id())
                .field("ledger", opened.ledger())
                .field("asset", opened.asset());
        minBalance(json, opened.minBalanceMinor());
        return json.field("balanceMinor", 0)
                .field("version", accepted.version())
                .field("shard", accepted.shard())
                .field("offset", accepted.offset())
                .field("openedAt", time(accepted))
                .end();
    }

    static JsonText posted(TransferPosted posted, Outcome.Accepted accepted) {
        return new JsonText()
                .object()
                .field("id", posted.id())
                .field("status", "posted")
                .field("from", posted.from())
                .field("to", posted.to())
                .field("asset", posted.asset())
                .field("amountMinor", posted.amountMinor())
                .field("reference", orNull(posted.reference()))
                .field("fromBalanceMinor", posted.fromBalanceMinor())
                .field("fromVersion", posted.fromVersion())
                .field("toBalanceMinor", posted.toBalanceMinor())
                .field("toVersion", posted.toVersion())
                .field("version", posted.fromVersion())
                .field("shard", accepted.shard())
                .field("offset", accepted.offset())
                .field("postedAt", time(accepted))
                .end();
    }

    static JsonText account(AccountView account, Reading<?> reading) {
        JsonText json = new JsonText()
                .object()
                .field("id", account.id())
                .field("ledger", account.ledger())
                .field("asset", account.asset());
        minBalance(json, account.minBalanceMinor());
        return json.field("balanceMinor", account.balanceMinor())
                .field("version", account.version())
                .field("shard", reading.shard())
                .field("offset", reading.nextOffset() - 1)
                .end();
    }

    static JsonText transfer(LedgerReads.Transfer transfer) {
        return new JsonText()
                .object()
                .field("id", transfer.id())
                .field("status", "posted")
                .field("from", transfer.from())
                .field("to", transfer.to())
                .field("asset", transfer.asset())
                .field("amountMinor", transfer.amountMinor())
                .field("reference", orNull(transfer.reference()))
                .field("shard", transfer.shard())
                .field("offset", transfer.offset())
                .field("postedAt", transfer.postedAt())
                .end();
    }

    static JsonText entries(LedgerReads.EntryPage page, int shard, @Nullable String next) {
        JsonText json = new JsonText().object().array("entries");
        for (LedgerReads.Entry entry : page.entries()) {
            json.object()
                    .field("id", entry.id())
                    .field("transferId", entry.transferId())
                    .field("counterparty", entry.counterparty())
                    .field("amountMinor", entry.amountMinor())
                    .field("balanceMinor", entry.balanceMinor())
                    .field("version", entry.version())
                    .field("reference", orNull(entry.reference()))
                    .field("shard", entry.shard())
                    .field("offset", entry.offset())
                    .field("postedAt", entry.postedAt())
                    .end();
        }
        return json.endArray()
                .field("next", next)
                .object("projection")
                .field("shard", shard)
                .field("offset", page.projectedBefore() - 1)
                .end()
                .end();
    }

    private static void minBalance(JsonText json, long minBalanceMinor) {
        if (minBalanceMinor == OpenAccount.UNLIMITED) {
            json.nullField("minBalanceMinor");
        } else {
            json.field("minBalanceMinor", minBalanceMinor);
        }
    }

    private static Instant time(Outcome.Decided decided) {
        return Instant.EPOCH.plus(decided.timestampMicros(), ChronoUnit.MICROS);
    }

    private static @Nullable String orNull(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }
}
