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

    private Samples() {}

    public static String entriesJson(String next) {
        return ENTRIES_JSON.formatted(TRANSFER, ALICE, next);
    }

    public static String problemJson(String code, int status, String pointer) {
        return """
               {"type":"urn:mainstay:problem:%s","title":"T","status":%d,"detail":"Says why.",
                "errors":[{"pointer":"%s","detail":"This one."}]}""".formatted(code, status, pointer);
    }
}
