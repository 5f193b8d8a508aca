package io.mainstay.domain.ledger;

import io.mainstay.core.access.Answer;
import io.mainstay.core.access.Document;
import io.mainstay.core.access.Endpoint;
import io.mainstay.core.access.Fact;
import io.mainstay.core.access.Field;
import io.mainstay.core.access.FieldType;
import io.mainstay.core.access.Operation;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What callers may do with accounts. */
final class AccountOperations {
    private static final String NO_LIMIT = "null for no limit.";
    private static final String THE_ACCOUNT = "the account";

    private static final Field<UUID> ACCOUNT_ID = LedgerFields.newId(LedgerExamples.BANK);
    private static final Field<String> ASSET =
            LedgerFields.asset("asset", "What the account holds: capital letters and digits.");
    private static final Field<Long> OPENING_MIN = Field.optional(
                    "minBalanceMinor",
                    FieldType.whole(OpenAccount.UNLIMITED + 1, 0),
                    0L,
                    "The lowest balance that a transfer may leave; null for no limit.",
                    -50_000L)
            .orNull(OpenAccount.UNLIMITED);
    private static final Field<Long> OPENING_MAX = Field.optional(
                    "maxBalanceMinor",
                    FieldType.whole(0, OpenAccount.UNLIMITED_MAX - 1),
                    OpenAccount.UNLIMITED_MAX,
                    "The highest balance that a transfer may leave; null for no limit.",
                    1_000_000L)
            .orNull(OpenAccount.UNLIMITED_MAX);
    private static final Field<UUID> OWNER =
            Field.free("owner", FieldType.uuid(), "A party of the same ledger.", LedgerExamples.PARTY);

    private static final Field<Long> MIN = Field.required(
                    "minBalanceMinor",
                    FieldType.whole(OpenAccount.UNLIMITED + 1, OpenAccount.UNLIMITED_MAX - 1),
                    "The lowest balance that a transfer may leave; null for no limit.",
                    -50_000L)
            .orNull(OpenAccount.UNLIMITED);
    private static final Field<Long> MAX = Field.required(
                    "maxBalanceMinor",
                    FieldType.whole(OpenAccount.UNLIMITED + 1, OpenAccount.UNLIMITED_MAX - 1),
                    "The highest balance that a transfer may leave; null for no limit.",
                    1_000_000L)
            .orNull(OpenAccount.UNLIMITED_MAX);
    private static final Field<String> NEW_REFERENCE = Field.required(
                    "reference",
                    FieldType.text(0, OpenAccount.REFERENCE_LENGTH_MAX),
                    "Text for people, 140 UTF-16 units at most, without NUL.",
                    LedgerExamples.REFERENCE)
            .orNull("");
    private static final Field<String> REASON = Field.optional(
                    "reason",
                    FieldType.text(0, OpenAccount.REFERENCE_LENGTH_MAX),
                    "",
                    "For people, 140 UTF-16 units at most, without NUL.",
                    "Court order 12/26")
            .orNull("");

    private static final Document<Fact<AccountOpened>> OPENED = Document.<Fact<AccountOpened>>named(
                    "AccountOpened", "The account when it was opened.")
            .uuid("id", fact -> fact.event().id(), "", LedgerExamples.BANK)
            .text("ledger", fact -> fact.event().ledger(), "", LedgerExamples.LEDGER)
            .text("asset", fact -> fact.event().asset(), "", LedgerExamples.ASSET)
            .wholeOrNull("minBalanceMinor", fact -> minOrNull(fact.event().minBalanceMinor()), NO_LIMIT, -50_000)
            .wholeOrNull("maxBalanceMinor", fact -> maxOrNull(fact.event().maxBalanceMinor()), NO_LIMIT, 1_000_000)
            .textOrNull("reference", fact -> fact.event().reference(), "", LedgerExamples.REFERENCE)
            .uuidOrNull("owner", fact -> fact.event().owner().orElse(null), "", LedgerExamples.PARTY)
            .whole("balanceMinor", fact -> 0, "", 0)
            .whole("version", Fact::version, "Counts the changes of the account from 1.", 1)
            .place(Fact::shard, Fact::offset)
            .time("openedAt", Fact::time, "")
            .build();

    private static final Document<Fact<AccountRenamed>> RENAMED = changed(
                    "AccountRenamed", "The account's new reference.", AccountRenamed::id, AccountRenamed::version)
            .textOrNull("reference", fact -> fact.event().reference(), "", LedgerExamples.REFERENCE)
            .build();

    private static final Document<Fact<LimitsSet>> LIMITED = changed(
                    "LimitsSet", "The account's new limits.", LimitsSet::id, LimitsSet::version)
            .wholeOrNull("minBalanceMinor", fact -> minOrNull(fact.event().minBalanceMinor()), NO_LIMIT, -50_000)
            .wholeOrNull("maxBalanceMinor", fact -> maxOrNull(fact.event().maxBalanceMinor()), NO_LIMIT, 1_000_000)
            .build();

    private static final Document<Fact<AccountFrozen>> FROZEN = changed(
                    "AccountFrozen", "The account is frozen.", AccountFrozen::id, AccountFrozen::version)
            .text("status", fact -> AccountStatus.FROZEN.text(), "", AccountStatus.FROZEN.text())
            .textOrNull("reason", fact -> fact.event().reason(), "", "Court order 12/26")
            .build();

    private static final Document<Fact<AccountUnfrozen>> UNFROZEN = changed(
                    "AccountUnfrozen", "The account is open again.", AccountUnfrozen::id, AccountUnfrozen::version)
            .text("status", fact -> AccountStatus.OPEN.text(), "", AccountStatus.OPEN.text())
            .build();

    private static final Document<Fact<AccountClosed>> CLOSED = changed(
                    "AccountClosed", "The account is closed.", AccountClosed::id, AccountClosed::version)
            .text("status", fact -> AccountStatus.CLOSED.text(), "", AccountStatus.CLOSED.text())
            .build();

    static final Operation<LedgerCommand> OPEN = Operation.<LedgerCommand>at(Endpoint.of(
                    "open-account",
                    "POST",
                    "/accounts",
                    LedgerFields.ACCOUNTS,
                    "Open an account",
                    "The account has a balance of 0 and version 1."))
            .body(ACCOUNT_ID, LedgerFields.LEDGER, ASSET, OPENING_MIN, OPENING_MAX, LedgerFields.REFERENCE, OWNER)
            .making("account", ACCOUNT_ID)
            .answers(Answer.created(
                    AccountOpened.class, "The account is open.", OPENED, opened -> "/accounts/" + opened.id()))
            .gives(
                    (call, id) -> new OpenAccount(
                            call.tenant(),
                            id,
                            call.get(LedgerFields.LEDGER),
                            call.get(ASSET),
                            call.get(OPENING_MIN),
                            call.get(OPENING_MAX),
                            call.get(LedgerFields.REFERENCE),
                            Optional.ofNullable(call.find(OWNER))),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.ACCOUNT_EXISTS, LedgerRefusal.ASSET_UNKNOWN, LedgerRefusal.PARTY_UNKNOWN));

    private static final Operation<LedgerCommand> RENAME = Operation.<LedgerCommand>at(
                    of("rename-account", "PUT", "reference", "Rename an account", "Gives it another reference."))
            .body(NEW_REFERENCE)
            .about(LedgerFields.ACCOUNT)
            .versioned(THE_ACCOUNT)
            .answers(Answer.done(AccountRenamed.class, "The account has the reference.", RENAMED))
            .gives(
                    (call, id) -> new RenameAccount(call.tenant(), id, call.get(NEW_REFERENCE)),
                    LedgerRefusal.anyOf(LedgerRefusal.ACCOUNT_UNKNOWN, LedgerRefusal.ACCOUNT_CLOSED));

    private static final Operation<LedgerCommand> SET_LIMITS = Operation.<LedgerCommand>at(of(
                    "set-limits",
                    "PUT",
                    "limits",
                    "Set an account's limits",
                    "The present balance, with what is reserved and expected, has to be within them."))
            .body(MIN, MAX)
            .rule(call -> call.get(MIN) <= call.get(MAX), MAX, "has to be at least 'minBalanceMinor'")
            .about(LedgerFields.ACCOUNT)
            .versioned(THE_ACCOUNT)
            .answers(Answer.done(LimitsSet.class, "The account has the limits.", LIMITED))
            .gives(
                    (call, id) -> new SetLimits(call.tenant(), id, call.get(MIN), call.get(MAX)),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.ACCOUNT_UNKNOWN, LedgerRefusal.ACCOUNT_CLOSED, LedgerRefusal.LIMITS_BROKEN));

    private static final Operation<LedgerCommand> FREEZE = Operation.<LedgerCommand>at(of(
                    "freeze-account",
                    "POST",
                    "freeze",
                    "Freeze an account",
                    "Nothing new is taken from it or given to it; what is reserved already is still confirmed or"
                            + " cancelled."))
            .body(REASON)
            .about(LedgerFields.ACCOUNT)
            .versioned(THE_ACCOUNT)
            .answers(Answer.done(AccountFrozen.class, "The account is frozen.", FROZEN))
            .gives(
                    (call, id) -> new FreezeAccount(call.tenant(), id, call.get(REASON)),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.ACCOUNT_UNKNOWN, LedgerRefusal.ACCOUNT_FROZEN, LedgerRefusal.ACCOUNT_CLOSED));

    private static final Operation<LedgerCommand> UNFREEZE = Operation.<LedgerCommand>at(
                    of("unfreeze-account", "POST", "unfreeze", "Unfreeze an account", "It may be used again."))
            .about(LedgerFields.ACCOUNT)
            .versioned(THE_ACCOUNT)
            .answers(Answer.done(AccountUnfrozen.class, "The account is open.", UNFROZEN))
            .gives(
                    (call, id) -> new UnfreezeAccount(call.tenant(), id),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.ACCOUNT_UNKNOWN,
                            LedgerRefusal.ACCOUNT_NOT_FROZEN,
                            LedgerRefusal.ACCOUNT_CLOSED));

    private static final Operation<LedgerCommand> CLOSE = Operation.<LedgerCommand>at(of(
                    "close-account",
                    "POST",
                    "close",
                    "Close an account",
                    "For ever: with a balance of 0, and nothing reserved or expected."))
            .about(LedgerFields.ACCOUNT)
            .versioned(THE_ACCOUNT)
            .answers(Answer.done(AccountClosed.class, "The account is closed.", CLOSED))
            .gives(
                    (call, id) -> new CloseAccount(call.tenant(), id),
                    LedgerRefusal.anyOf(
                            LedgerRefusal.ACCOUNT_UNKNOWN,
                            LedgerRefusal.ACCOUNT_FROZEN,
                            LedgerRefusal.ACCOUNT_CLOSED,
                            LedgerRefusal.ACCOUNT_NOT_EMPTY));

    static final List<Operation<LedgerCommand>> ALL = List.of(OPEN, RENAME, SET_LIMITS, FREEZE, UNFREEZE, CLOSE);

    private AccountOperations() {}

    static @Nullable Long minOrNull(long minBalanceMinor) {
        return minBalanceMinor == OpenAccount.UNLIMITED ? null : minBalanceMinor;
    }

    static @Nullable Long maxOrNull(long maxBalanceMinor) {
        return maxBalanceMinor == OpenAccount.UNLIMITED_MAX ? null : maxBalanceMinor;
    }

    private static Endpoint of(String name, String method, String verb, String summary, String description) {
        return Endpoint.of(
                name,
                method,
                "/accounts/{id}/" + verb,
                LedgerFields.ACCOUNTS,
                summary,
                description,
                LedgerFields.ACCOUNT);
    }

    private static <E> Document.Builder<Fact<E>> changed(
            String name, String description, Function<E, UUID> id, Function<E, Long> version) {
        return Document.<Fact<E>>named(name, description)
                .uuid("id", fact -> id.apply(fact.event()), "", LedgerExamples.WALLET)
                .whole("version", fact -> version.apply(fact.event()), "The account's version since.", 3)
                .place(Fact::shard, Fact::offset)
                .time("changedAt", Fact::time, "");
    }
}
