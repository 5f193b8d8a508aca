package io.mainstay.client;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the HTTP interface says about accounts and what belongs to them. */
final class LedgerJson {
    private static final List<String> TIMES = List.of("changedAt", "registeredAt");

    private LedgerJson() {}

    static JsonObject object(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    /** An account that was just opened is told without what it cannot have yet. */
    static Account account(JsonObject json) {
        return new Account(
                Members.uuid(json, "id"),
                json.getString("ledger"),
                json.getString("asset"),
                json.getString("status", "open"),
                Members.nullableNumber(json, "minBalanceMinor"),
                Members.nullableNumber(json, "maxBalanceMinor"),
                Members.number(json, "balanceMinor"),
                Members.numberOrZero(json, "reservedMinor"),
                Members.numberOrZero(json, "expectedMinor"),
                Members.text(json, "reference"),
                Members.nullableUuid(json, "owner"),
                Members.number(json, "version"),
                Members.position(json));
    }

    static Changed changed(JsonObject json) {
        return new Changed(
                Members.uuid(json, "id"),
                Members.number(json, "version"),
                Members.position(json),
                Members.time(json, TIMES));
    }

    /** An asset that was just defined is told without what it cannot have yet. */
    static Asset asset(JsonObject json) {
        return new Asset(
                json.getString("code"),
                Members.nullableCount(json, "scale"),
                Members.numberOrZero(json, "inFlightMinor"),
                Members.position(json));
    }

    static List<Asset> assets(JsonObject json) {
        return Members.list(json, "assets", LedgerJson::asset);
    }

    static Party party(JsonObject json) {
        return new Party(
                Members.uuid(json, "id"),
                json.getString("ledger"),
                json.getString("name"),
                Members.text(json, "email"),
                Members.number(json, "version"),
                Members.position(json));
    }

    static EntryPage entryPage(JsonObject json) {
        return new EntryPage(
                Members.list(json, "entries", LedgerJson::entry),
                Members.nullableText(json, "next"),
                Members.position(json.getJsonObject("projection")));
    }

    static Statement statement(JsonObject json) {
        return new Statement(
                Members.time(json, "from"),
                Members.time(json, "to"),
                Members.number(json, "openingBalanceMinor"),
                Members.number(json, "closingBalanceMinor"),
                Members.list(json, "entries", LedgerJson::entry),
                Members.nullableText(json, "next"),
                Members.position(json.getJsonObject("projection")));
    }

    static AccountPage accountPage(JsonObject json) {
        return new AccountPage(
                Members.list(json, "accounts", LedgerJson::listedAccount), Members.nullableText(json, "next"));
    }

    static ChangePage changePage(JsonObject json) {
        return new ChangePage(
                json.getInt("shard"),
                Members.list(json, "changes", LedgerJson::change),
                Members.nullableNumber(json, "next"));
    }

    static List<Saga> sagas(JsonObject json) {
        return Members.list(json, "sagas", LedgerJson::saga);
    }

    /** The problem in a body; one of type {@code about:blank} if the body holds none. */
    static MainstayProblem.Problem problem(int status, String body) {
        try {
            return problem(status, object(body));
        } catch (JsonException | ClassCastException e) {
            return new MainstayProblem.Problem(
                    "about:blank", status, "", "the answer is no problem document", List.of());
        }
    }

    static MainstayProblem.Problem problem(int status, JsonObject json) {
        return new MainstayProblem.Problem(
                json.getString("type", "about:blank"),
                status,
                json.getString("title", ""),
                json.getString("detail", ""),
                fieldErrors(json));
    }

    private static List<MainstayProblem.FieldError> fieldErrors(JsonObject json) {
        return json.containsKey("errors")
                ? Members.list(
                        json,
                        "errors",
                        error -> new MainstayProblem.FieldError(
                                error.getString("pointer", ""), error.getString("detail", "")))
                : List.of();
    }

    private static ListedAccount listedAccount(JsonObject json) {
        return new ListedAccount(
                Members.uuid(json, "id"),
                json.getString("ledger"),
                json.getString("asset"),
                json.getString("status"),
                Members.nullableNumber(json, "minBalanceMinor"),
                Members.nullableNumber(json, "maxBalanceMinor"),
                Members.number(json, "balanceMinor"),
                Members.number(json, "reservedMinor"),
                Members.number(json, "expectedMinor"),
                Members.text(json, "reference"),
                Members.nullableUuid(json, "owner"),
                Members.number(json, "version"),
                json.getInt("shard"),
                Members.time(json, "openedAt"));
    }

    private static Entry entry(JsonObject json) {
        return new Entry(
                idText(json),
                Members.uuid(json, "transferId"),
                Members.nullableUuid(json, "counterparty"),
                Members.number(json, "amountMinor"),
                Members.number(json, "balanceMinor"),
                Members.number(json, "version"),
                Members.text(json, "reference"),
                Members.position(json),
                Members.time(json, "postedAt"));
    }

    private static String idText(JsonObject json) {
        JsonValue id = json.get("id");
        return id instanceof JsonString text ? text.getString() : String.valueOf(id);
    }

    private static Change change(JsonObject json) {
        return new Change(
                Members.number(json, "offset"),
                Members.time(json, "time"),
                Members.nullableCount(json, "sender"),
                recordedOrNull(json.get("command")),
                Members.list(json, "events", LedgerJson::recorded));
    }

    private static Change.@Nullable Recorded recordedOrNull(@Nullable JsonValue json) {
        return json instanceof JsonObject told ? recorded(told) : null;
    }

    private static Change.Recorded recorded(JsonObject json) {
        return new Change.Recorded(json.getString("type"), json.toString());
    }

    private static Saga saga(JsonObject json) {
        return new Saga(
                Members.number(json, "saga"),
                Members.uuid(json, "subject"),
                json.getString("phase"),
                Members.time(json, "beganAt"),
                Members.time(json, "deadlineAt"),
                Members.nullableText(json, "refusal"),
                Members.list(
                        json,
                        "steps",
                        step -> new Saga.Step(step.getInt("shard"), step.getString("what"), step.getString("phase"))),
                Members.position(json));
    }
}
