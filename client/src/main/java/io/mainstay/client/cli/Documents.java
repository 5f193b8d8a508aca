package io.mainstay.client.cli;

import io.mainstay.client.Account;
import io.mainstay.client.Entry;
import io.mainstay.client.MainstayProblem;
import io.mainstay.client.Position;
import io.mainstay.client.Transfer;
import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the command line prints: names and values, as lines for people or as JSON for programs. */
final class Documents {
    private static final String UNLIMITED = "none";

    private Documents() {}

    static String newKey() {
        return UUID.randomUUID().toString();
    }

    static Map<String, Object> of(Account account) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", account.id());
        document.put("ledger", account.ledger());
        document.put("asset", account.asset());
        document.put("minBalanceMinor", Optional.ofNullable(account.minBalanceMinor()));
        document.put("balanceMinor", account.balanceMinor());
        document.put("version", account.version());
        putPosition(document, account.position());
        return document;
    }

    static Map<String, Object> of(Transfer transfer) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", transfer.id());
        document.put("status", transfer.status());
        document.put("from", transfer.from());
        document.put("to", transfer.to());
        document.put("asset", transfer.asset());
        document.put("amountMinor", transfer.amountMinor());
        document.put("reference", transfer.reference());
        putAfter(document, "from", transfer.fromAfter());
        putAfter(document, "to", transfer.toAfter());
        putPosition(document, transfer.position());
        document.put("postedAt", transfer.postedAt());
        return document;
    }

    static Map<String, Object> of(Entry entry) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("id", entry.id());
        document.put("transferId", entry.transferId());
        UUID counterparty = entry.counterparty();
        if (counterparty != null) {
            document.put("counterparty", counterparty);
        }
        document.put("amountMinor", entry.amountMinor());
        document.put("balanceMinor", entry.balanceMinor());
        document.put("version", entry.version());
        document.put("reference", entry.reference());
        putPosition(document, entry.position());
        document.put("postedAt", entry.postedAt());
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

    static String sentence(MainstayProblem refusal) {
        String fields = refusal.problem().errors().stream()
                .map(error -> "; " + error.pointer() + ": " + error.detail())
                .collect(Collectors.joining());
        return refusal.getMessage() + fields;
    }

    /** One line a value, names in a column, an empty line at the end. */
    static String text(Map<String, Object> document) {
        int width = document.keySet().stream().mapToInt(String::length).max().orElse(0);
        return document.entrySet().stream()
                .map(field -> field.getKey() + " ".repeat(width - field.getKey().length() + 2) + plain(field.getValue())
                        + "\n")
                .collect(Collectors.joining());
    }

    static String json(Map<String, Object> document) {
        var json = Json.createObjectBuilder();
        document.forEach((name, value) -> {
            switch (value) {
                case Long number -> json.add(name, number);
                case Integer number -> json.add(name, number);
                case Optional<?> limit when limit.isEmpty() -> json.addNull(name);
                case Optional<?> limit -> json.add(name, (Long) limit.get());
                default -> json.add(name, value.toString());
            }
        });
        return json.build().toString();
    }

    private static String plain(Object value) {
        return value instanceof Optional<?> limit ? limit.map(Object::toString).orElse(UNLIMITED) : value.toString();
    }

    private static void putAfter(Map<String, Object> document, String side, Transfer.@Nullable After after) {
        if (after != null) {
            document.put(side + "BalanceMinor", after.balanceMinor());
            document.put(side + "Version", after.version());
        }
    }

    private static void putPosition(Map<String, Object> document, Position position) {
        document.put("shard", position.shard());
        document.put("offset", position.offset());
    }
}
