package io.mainstay.domain.ledger;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Operation;
import java.util.List;
import java.util.UUID;

/** What callers may do with assets and parties. */
final class PartyOperations {
    private static final Field<String> CODE = LedgerFields.asset("code", "Capital letters and digits.");
    private static final Field<Long> SCALE = Field.required(
            "scale", FieldType.whole(0, DefineAsset.SCALE_MAX), "Digits behind the point; never changes.", 2);

    private static final Field<UUID> PARTY_ID = LedgerFields.newId(LedgerExamples.PARTY);
    private static final Field<String> NAME = Field.required(
                    "name", FieldType.text(1, RegisterParty.NAME_LENGTH_MAX), "Of the person or company.", "Ada Byron")
            .personal();
    private static final Field<String> EMAIL = Field.optional(
                    "email", FieldType.text(0, RegisterParty.EMAIL_LENGTH_MAX), "", "", "ada@example.org")
            .orNull("")
            .personal();

    private static final Document<Fact<AssetDefined>> DEFINED = Document.<Fact<AssetDefined>>named(
                    "AssetDefined", "The asset of the tenant.")
            .text("code", fact -> fact.event().code(), "", LedgerExamples.ASSET)
            .whole("scale", fact -> fact.event().scale(), "", 2)
            .place(Fact::shard, Fact::offset)
            .time("definedAt", Fact::time, "")
            .build();

    private static final Document<Fact<PartyRegistered>> REGISTERED = Document.<Fact<PartyRegistered>>named(
                    "PartyRegistered", "The party; its personal data are not told again.")
            .uuid("id", fact -> fact.event().id(), "", LedgerExamples.PARTY)
            .text("ledger", fact -> fact.event().ledger(), "", LedgerExamples.LEDGER)
            .whole("version", Fact::version, "Counts the changes of the party from 1.", 1)
            .place(Fact::shard, Fact::offset)
            .time("registeredAt", Fact::time, "")
            .build();

    private static final Document<Fact<PartyChanged>> CHANGED = Document.<Fact<PartyChanged>>named(
                    "PartyChanged", "The party; its personal data are not told again.")
            .uuid("id", fact -> fact.event().id(), "", LedgerExamples.PARTY)
            .whole("version", fact -> fact.event().version(), "", 2)
            .place(Fact::shard, Fact::offset)
            .time("changedAt", Fact::time, "")
            .build();

    private static final Operation<LedgerCommand> DEFINE_ASSET = Operation.<LedgerCommand>at(Endpoint.of(
                    "define-asset",
                    "POST",
                    "/assets",
                    LedgerFields.ASSETS,
                    "Define an asset",
                    "Once for each tenant. Currencies of ISO 4217 need no definition. The other shards learn it a moment"
                            + " later."))
            .body(CODE, SCALE)
            .answers(Answer.created(AssetDefined.class, "The asset is defined.", DEFINED, defined -> "/assets"))
            .gives(
                    (call, id) -> new DefineAsset(call.tenant(), call.get(CODE), Math.toIntExact(call.get(SCALE))),
                    LedgerRefusal.anyOf(LedgerRefusal.ASSET_EXISTS));

    private static final Operation<LedgerCommand> REGISTER_PARTY = Operation.<LedgerCommand>at(Endpoint.of(
                    "register-party",
                    "POST",
                    "/parties",
                    LedgerFields.PARTIES,
                    "Register a party",
                    "A person or a company, who may own accounts of the same ledger."))
            .body(PARTY_ID, LedgerFields.LEDGER, NAME, EMAIL)
            .making("party", PARTY_ID)
            .answers(Answer.created(
                    PartyRegistered.class,
                    "The party is registered.",
                    REGISTERED,
                    registered -> "/parties/" + registered.id()))
            .gives(
                    (call, id) -> new RegisterParty(
                            call.tenant(), id, call.get(LedgerFields.LEDGER), call.get(NAME), call.get(EMAIL)),
                    LedgerRefusal.anyOf(LedgerRefusal.PARTY_EXISTS));

    private static final Operation<LedgerCommand> CHANGE_PARTY = Operation.<LedgerCommand>at(Endpoint.of(
                    "change-party",
                    "PUT",
                    "/parties/{id}",
                    LedgerFields.PARTIES,
                    "Change a party",
                    "Takes the place of its name and e-mail.",
                    LedgerFields.PARTY))
            .body(NAME, EMAIL)
            .about(LedgerFields.PARTY)
            .versioned("the party")
            .answers(Answer.done(PartyChanged.class, "The party is changed.", CHANGED))
            .gives(
                    (call, id) -> new ChangeParty(call.tenant(), id, call.get(NAME), call.get(EMAIL)),
                    LedgerRefusal.anyOf(LedgerRefusal.PARTY_UNKNOWN));

    static final List<Operation<LedgerCommand>> ALL = List.of(DEFINE_ASSET, REGISTER_PARTY, CHANGE_PARTY);

    private PartyOperations() {}
}
