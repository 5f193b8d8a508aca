package io.mainstay.client;

import java.util.UUID;

/** Answers as the server gives them. */
public final class Samples {
    public static final UUID BANK = UUID.fromString("0192f0c1-0000-7000-8000-000000000001");
    public static final UUID ALICE = UUID.fromString("0192f0c1-0000-7000-8000-000000000002");
    public static final UUID TRANSFER = UUID.fromString("0192f0c1-0000-7000-8000-0000000000ff");

    public static final String ACCOUNT_JSON = """
            {"id":"%s","ledger":"main","asset":"EUR","minBalanceMinor":null,"balanceMinor":0,"version":1,
             "shard":2,"offset":17,"openedAt":"2026-11-21T10:15:30.123456Z"}""".formatted(BANK);
    public static final String TRANSFER_JSON = """
            {"id":"%s","status":"posted","from":"%s","to":"%s","asset":"EUR","amountMinor":1250,
             "reference":"Größe \\"42\\"","fromBalanceMinor":-1250,"fromVersion":2,"toBalanceMinor":1250,"toVersion":2,
             "version":2,"shard":2,"offset":18,"postedAt":"2026-11-21T10:15:31Z"}""".formatted(TRANSFER, BANK, ALICE);
    public static final String ENTRIES_JSON = """
            {"entries":[{"id":"e-1","transferId":"%s","counterparty":"%s","amountMinor":-1250,"balanceMinor":-1250,
             "version":2,"reference":"","shard":2,"offset":18,"postedAt":"2026-11-21T10:15:31Z"}],
             "next":%s,"projection":{"shard":2,"offset":18}}""";

    public static final String CHANGED_JSON = """
            {"id":"%s","version":3,"shard":2,"offset":19,"changedAt":"2026-11-21T10:15:32Z","status":"frozen"}""".formatted(ALICE);
    public static final String RESERVED_JSON = """
            {"id":"%s","status":"reserved","from":"%s","to":"%s","asset":"EUR","amountMinor":100,"reference":null,
             "fromBalanceMinor":0,"fromVersion":2,"toBalanceMinor":null,"toVersion":null,"version":2,"shard":2,"offset":18,
             "fromReservedMinor":100,"toExpectedMinor":null,"expiresAt":"2026-11-22T10:15:31Z",
             "reservedAt":"2026-11-21T10:15:31Z"}""".formatted(TRANSFER, BANK, ALICE);
    public static final String POSTING_JSON = """
            {"id":"%s","status":"posted","reverses":null,"reference":"split","entries":[
             {"account":"%s","asset":"EUR","amountMinor":-30,"balanceMinor":-30,"version":2},
             {"account":"%s","asset":"EUR","amountMinor":30,"balanceMinor":null,"version":null}],
             "version":2,"shard":2,"offset":18,"postedAt":"2026-11-21T10:15:31Z"}""".formatted(TRANSFER, BANK, ALICE);
    public static final String STATE_JSON = """
            {"id":"%s","status":"reserved","expiresAt":"2026-11-22T10:15:31Z","legs":[
             {"account":"%s","asset":"EUR","amountMinor":-30},{"account":"%s","asset":"EUR","amountMinor":30}],
             "shard":2,"offset":18}""".formatted(TRANSFER, BANK, ALICE);

    public static final String LISTED_JSON = """
            {"accounts":[{"id":"%s","ledger":"main","asset":"EUR","status":"frozen","minBalanceMinor":-5,
             "maxBalanceMinor":null,"balanceMinor":100,"reservedMinor":30,"expectedMinor":7,"reference":null,
             "owner":"%s","version":4,"shard":2,"openedAt":"2026-11-21T10:15:30.123456Z"}],"next":%s}""";

    private Samples() {}

    public static String accountsJson(String next) {
        return LISTED_JSON.formatted(BANK, ALICE, next);
    }

    public static String transfersJson(String next) {
        return "{\"transfers\":[" + TRANSFER_JSON + "],\"next\":" + next + "}";
    }

    public static String statementJson(String next) {
        return """
               {"from":"2026-11-01T00:00:00Z","to":"2026-12-01T00:00:00Z","openingBalanceMinor":0,
                "closingBalanceMinor":-1250,""" + entriesJson(next).substring(1);
    }

    public static String changesJson(String next) {
        return """
               {"shard":2,"changes":[{"offset":18,"time":"2026-11-21T10:15:31Z","sender":null,
                "command":{"type":"PostTransfer","id":"%s"},"events":[{"type":"TransferPosted","amountMinor":7}]},
                {"offset":19,"time":"2026-11-21T10:15:32Z","sender":3,"command":null,
                "events":[{"type":"TransferExpired"}]}],"next":%s}""".formatted(TRANSFER, next);
    }

    public static String entriesJson(String next) {
        return ENTRIES_JSON.formatted(TRANSFER, ALICE, next);
    }

    public static String problemJson(String code, int status, String pointer) {
        return """
               {"type":"urn:mainstay:problem:%s","title":"T","status":%d,"detail":"Says why.",
                "errors":[{"pointer":"%s","detail":"This one."}]}""".formatted(code, status, pointer);
    }
}
