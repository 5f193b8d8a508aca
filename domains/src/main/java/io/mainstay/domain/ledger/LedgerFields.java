package io.mainstay.domain.ledger;

import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import java.util.UUID;

/** Fields that several requests to the ledger state in the same way. */
final class LedgerFields {
    static final String ASSETS = "Assets";
    static final String PARTIES = "Parties";
    static final String ACCOUNTS = "Accounts";
    static final String TRANSFERS = "Transfers";

    static final Field<UUID> ACCOUNT =
            Field.required("id", FieldType.uuid(), "The account's id.", LedgerExamples.WALLET);
    static final Field<UUID> PARTY = Field.required("id", FieldType.uuid(), "The party's id.", LedgerExamples.PARTY);
    static final Field<UUID> TRANSFER =
            Field.required("id", FieldType.uuid(), "The transfer's id.", LedgerExamples.TRANSFER);
    static final Field<String> LEDGER = Field.optional(
            "ledger",
            FieldType.text(1, OpenAccount.LEDGER_LENGTH_MAX),
            "main",
            "What has one ledger shares a shard: its accounts pay each other fastest.",
            LedgerExamples.LEDGER);
    static final Field<String> LEDGER_NAME = Field.required(
            "ledger", FieldType.text(1, OpenAccount.LEDGER_LENGTH_MAX), "The ledger's name.", LedgerExamples.LEDGER);
    static final Field<String> REFERENCE = Field.optional(
                    "reference",
                    FieldType.text(0, OpenAccount.REFERENCE_LENGTH_MAX),
                    "",
                    "Text for people, 140 UTF-16 units at most, without NUL.",
                    LedgerExamples.REFERENCE)
            .orNull("");

    private LedgerFields() {}

    /** The id of something that is made. */
    static Field<UUID> newId(UUID example) {
        return Field.free("id", FieldType.uuid(), "Made from the idempotency key if absent.", example);
    }

    static Field<String> asset(String name, String about) {
        return Field.required(
                name,
                FieldType.text(OpenAccount.ASSET, "has to be 3 to 12 capital letters or digits"),
                about,
                LedgerExamples.ASSET);
    }
}
