package io.mainstay.domain.ledger;

import java.util.UUID;

/** What the ledger's description shows. */
final class LedgerExamples {
    static final UUID BANK = UUID.fromString("0b0e4f9e-5c1f-4c3a-9d0a-1f2e3d4c5b6a");
    static final UUID WALLET = UUID.fromString("7c6b5a49-3827-4160-8504-f3e2d1c0b9a8");
    static final UUID TRANSFER = UUID.fromString("9d2c1b0a-8f7e-4d6c-8b5a-493827160504");
    static final UUID PARTY = UUID.fromString("3e2d1c0b-9a88-4f7e-9d6c-5b4a39281706");
    static final UUID REVERSAL = UUID.fromString("5b4a3928-1706-4e2d-8c0b-9a887f6e5d4c");
    static final UUID ENTRY = UUID.fromString("00000000-0039-8002-8000-000000000000");
    static final String REFERENCE = "Invoice 4711";
    static final String ASSET = "EUR";
    static final String LEDGER = "main";
    static final String TENANT = "acme";
    static final String TIME = "2026-01-02T03:04:05Z";
    static final long AMOUNT = 1250;

    private LedgerExamples() {}
}
