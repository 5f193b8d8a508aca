package io.mainstay.client;

import jakarta.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the HTTP interface says about transfers. */
final class TransferJson {
    private static final List<String> TIMES =
            List.of("postedAt", "reservedAt", "confirmedAt", "cancelledAt", "begunAt");

    private TransferJson() {}

    static Transfer transfer(JsonObject json) {
        return new Transfer(
                Members.uuid(json, "id"),
                json.getString("status"),
                Members.nullableUuid(json, "from"),
                Members.nullableUuid(json, "to"),
                Members.nullableText(json, "asset"),
                Members.nullableNumber(json, "amountMinor"),
                Members.text(json, "reference"),
                after(json, "fromBalanceMinor", "fromVersion"),
                after(json, "toBalanceMinor", "toVersion"),
                Members.nullableUuid(json, "reverses"),
                Members.nullableUuid(json, "reversedBy"),
                Members.nullableTime(json, "expiresAt"),
                Members.position(json),
                Members.time(json, TIMES));
    }

    static TransferPage page(JsonObject json) {
        return new TransferPage(
                Members.list(json, "transfers", TransferJson::transfer), Members.nullableText(json, "next"));
    }

    static List<TransferResult> results(JsonObject json) {
        return Members.list(json, "results", TransferJson::result);
    }

    static Posting posting(JsonObject json) {
        return new Posting(
                Members.uuid(json, "id"),
                json.getString("status"),
                Members.nullableUuid(json, "reverses"),
                Members.text(json, "reference"),
                Members.list(
                        json,
                        "entries",
                        entry -> new Posting.Line(leg(entry), after(entry, "balanceMinor", "version"))),
                Members.position(json),
                Members.time(json, "postedAt"));
    }

    static TransferState state(JsonObject json) {
        return new TransferState(
                Members.uuid(json, "id"),
                json.getString("status"),
                Members.nullableTime(json, "expiresAt"),
                Members.list(json, "legs", TransferJson::leg),
                Members.position(json));
    }

    private static TransferResult result(JsonObject json) {
        JsonObject problem = json.getJsonObject("problem");
        return problem == null
                ? new TransferResult.Accepted(transfer(json.getJsonObject("result")))
                : new TransferResult.Refused(LedgerJson.problem(json.getInt("status"), problem));
    }

    private static Leg leg(JsonObject json) {
        return new Leg(Members.uuid(json, "account"), json.getString("asset"), Members.number(json, "amountMinor"));
    }

    private static Transfer.@Nullable After after(JsonObject json, String balance, String version) {
        Long minor = Members.nullableNumber(json, balance);
        Long count = Members.nullableNumber(json, version);
        return minor == null || count == null ? null : new Transfer.After(minor, count);
    }
}
