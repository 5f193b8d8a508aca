package io.mainstay.domain.ledger;

import java.util.UUID;

/** What the ledger's description shows. */
final class LedgerExamples {
    static final UUID BANK = UUID.fromString("0b0e4f9e-5c1f-4c3a-9d0a-1f2e3d4c5b6a");
    static final UUID WALLET = UUID.fromString("7c6b5a49-3827-4160-8504-f3e2d1c0b9a8");
    static final UUID TRANSFER = UUID.fromString("9d2c1b0a-8f7e-4d6c-8b5a-493827160504");
    static final UUID ENTRY = UUID.fromString("00000000-0039-8002-8000-000000000000");
    static final String REFERENCE = "Invoice 4711";
    static final String ASSET = "EUR";
    static final String LEDGER = "main";
    static final long AMOUNT = 1250;

    private LedgerExamples() {}
}
