package io.mainstay.domain.ledger;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.domain.Decision;
import io.mainstay.core.domain.Message;
import io.mainstay.domain.ledger.LedgerState.PartyView;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntFunction;

/** The rules of assets, parties and accounts. */
final class AccountRules {
    private AccountRules() {}

    static Decision<LedgerEvent> decide(LedgerState state, AccountCommand command, CommandContext context) {
        return switch (command) {
            case DefineAsset define -> decideDefine(state, define, context);
            case LearnAsset learn -> decideLearn(state, learn);
            case RegisterParty register -> decideRegister(state, register);
            case ChangeParty change -> decideChange(state, change);
            case OpenAccount open -> decideOpen(state, open);
            case RenameAccount rename ->
                ofAccount(state, rename.tenant(), rename.id(), row -> decideRename(state, row, rename));
            case SetLimits set -> ofAccount(state, set.tenant(), set.id(), row -> decideLimits(state, row, set));
            case FreezeAccount freeze ->
                ofAccount(state, freeze.tenant(), freeze.id(), row -> decideFreeze(state, row, freeze));
            case UnfreezeAccount unfreeze ->
                ofAccount(state, unfreeze.tenant(), unfreeze.id(), row -> decideUnfreeze(state, row, unfreeze));
            case CloseAccount close ->
                ofAccount(state, close.tenant(), close.id(), row -> decideClose(state, row, close));
        };
    }

    /** A tenant's asset is defined on one shard, so it is defined once; the others learn it in the order of messages. */
    private static Decision<LedgerEvent> decideDefine(LedgerState state, DefineAsset define, CommandContext context) {
        int standard = IsoCurrencies.scale(define.code());
        boolean isDefined = state.assets().isDefined(define.tenant(), define.code());
        if (isDefined || (standard != Assets.SCALE_UNKNOWN && standard != define.scale())) {
            return LedgerRefusal.ASSET_EXISTS.reject(
                    "Asset %s has scale %d already."
                            .formatted(define.code(), state.assets().scale(define.tenant(), define.code())),
                    "/code");
        }
        List<Message> messages = new ArrayList<>();
        for (int shard = 0; shard < context.shards(); shard++) {
            if (shard != context.shard()) {
                messages.add(new Message(shard, new LearnAsset(define.tenant(), define.code(), define.scale())));
            }
        }
        return Decision.accept(List.of(new AssetDefined(define.tenant(), define.code(), define.scale())), messages);
    }

    private static Decision<LedgerEvent> decideLearn(LedgerState state, LearnAsset learn) {
        if (state.assets().isDefined(learn.tenant(), learn.code())) {
            return LedgerRefusal.ASSET_EXISTS.reject("Asset " + learn.code() + " is defined here already.", "/code");
        }
        return Decision.accept(new AssetDefined(learn.tenant(), learn.code(), learn.scale()));
    }

    private static Decision<LedgerEvent> decideRegister(LedgerState state, RegisterParty register) {
        if (state.parties().find(register.id()) != PartyTable.NONE) {
            return LedgerRefusal.PARTY_EXISTS.reject("Party " + register.id() + " is registered already.", "/id");
        }
        return Decision.accept(new PartyRegistered(
                register.tenant(), register.id(), register.ledger(), register.name(), register.email()));
    }

    private static Decision<LedgerEvent> decideChange(LedgerState state, ChangeParty change) {
        int number = state.findParty(change.tenant(), change.id());
        if (number == PartyTable.NONE) {
            return partyUnknown(change.id(), "/id");
        }
        PartyView before = state.parties().get(number);
        return Decision.accept(new PartyChanged(
                change.tenant(),
                change.id(),
                before.name(),
                before.email(),
                change.name(),
                change.email(),
                before.version() + 1));
    }

    private static Decision<LedgerEvent> decideOpen(LedgerState state, OpenAccount open) {
        if (state.accounts().find(open.id()) != AccountTable.NONE) {
            return LedgerRefusal.ACCOUNT_EXISTS.reject("Account " + open.id() + " is open already.", "/id");
        }
        if (state.assets().scale(open.tenant(), open.asset()) == Assets.SCALE_UNKNOWN) {
            return LedgerRefusal.ASSET_UNKNOWN.reject(
                    "Asset " + open.asset() + " is not defined; define it with its scale first.", "/asset");
        }
        if (open.owner().isPresent()
                && state.findParty(open.tenant(), open.owner().get()) == PartyTable.NONE) {
            return partyUnknown(open.owner().get(), "/owner");
        }
        return Decision.accept(new AccountOpened(
                open.tenant(),
                open.id(),
                open.ledger(),
                open.asset(),
                open.minBalanceMinor(),
                open.maxBalanceMinor(),
                open.reference(),
                open.owner()));
    }

    private static Decision<LedgerEvent> decideRename(LedgerState state, int row, RenameAccount rename) {
        if (state.accounts().status(row) == AccountStatus.CLOSED) {
            return closed(rename.id());
        }
        return Decision.accept(new AccountRenamed(
                rename.tenant(),
                rename.id(),
                state.details().reference(row),
                rename.reference(),
                nextVersion(state, row)));
    }

    private static Decision<LedgerEvent> decideLimits(LedgerState state, int row, SetLimits set) {
        AccountTable accounts = state.accounts();
        if (accounts.status(row) == AccountStatus.CLOSED) {
            return closed(set.id());
        }
        long availableMinor = accounts.balanceMinor(row) - accounts.reservedMinor(row);
        long highestMinor = accounts.balanceMinor(row) + accounts.expectedMinor(row);
        if (availableMinor < set.minBalanceMinor() || highestMinor > set.maxBalanceMinor()) {
            return LedgerRefusal.LIMITS_BROKEN.reject(
                    "Account %s may fall to %d and rise to %d by what is reserved and expected; the limits are %s and %s."
                            .formatted(
                                    set.id(),
                                    availableMinor,
                                    highestMinor,
                                    AccountOperations.minOrNull(set.minBalanceMinor()),
                                    AccountOperations.maxOrNull(set.maxBalanceMinor())),
                    availableMinor < set.minBalanceMinor() ? "/minBalanceMinor" : "/maxBalanceMinor");
        }
        return Decision.accept(new LimitsSet(
                set.tenant(),
                set.id(),
                state.minBalanceMinor(row),
                state.maxBalanceMinor(row),
                set.minBalanceMinor(),
                set.maxBalanceMinor(),
                nextVersion(state, row)));
    }

    private static Decision<LedgerEvent> decideFreeze(LedgerState state, int row, FreezeAccount freeze) {
        return switch (state.accounts().status(row)) {
            case OPEN ->
                Decision.accept(
                        new AccountFrozen(freeze.tenant(), freeze.id(), freeze.reason(), nextVersion(state, row)));
            case FROZEN -> LedgerRefusal.ACCOUNT_FROZEN.reject("Account " + freeze.id() + " is frozen already.", "/id");
            case CLOSED -> closed(freeze.id());
        };
    }

    private static Decision<LedgerEvent> decideUnfreeze(LedgerState state, int row, UnfreezeAccount unfreeze) {
        return switch (state.accounts().status(row)) {
            case OPEN -> LedgerRefusal.ACCOUNT_NOT_FROZEN.reject("Account " + unfreeze.id() + " is not frozen.", "/id");
            case FROZEN ->
                Decision.accept(new AccountUnfrozen(unfreeze.tenant(), unfreeze.id(), nextVersion(state, row)));
            case CLOSED -> closed(unfreeze.id());
        };
    }

    private static Decision<LedgerEvent> decideClose(LedgerState state, int row, CloseAccount close) {
        AccountTable accounts = state.accounts();
        return switch (accounts.status(row)) {
            case OPEN -> {
                if (accounts.balanceMinor(row) != 0
                        || accounts.reservedMinor(row) != 0
                        || accounts.expectedMinor(row) != 0) {
                    yield LedgerRefusal.ACCOUNT_NOT_EMPTY.reject(
                            "Account %s has a balance of %d, %d reserved and %d expected; all have to be 0."
                                    .formatted(
                                            close.id(),
                                            accounts.balanceMinor(row),
                                            accounts.reservedMinor(row),
                                            accounts.expectedMinor(row)),
                            "/id");
                }
                yield Decision.accept(new AccountClosed(close.tenant(), close.id(), nextVersion(state, row)));
            }
            case FROZEN ->
                LedgerRefusal.ACCOUNT_FROZEN.reject("Account " + close.id() + " is frozen; unfreeze it first.", "/id");
            case CLOSED -> closed(close.id());
        };
    }

    private static Decision<LedgerEvent> ofAccount(
            LedgerState state, String tenant, UUID id, IntFunction<Decision<LedgerEvent>> decide) {
        int row = state.find(tenant, id);
        return row == AccountTable.NONE
                ? LedgerRefusal.ACCOUNT_UNKNOWN.reject("There is no account " + id + ".", "/id")
                : decide.apply(row);
    }

    private static long nextVersion(LedgerState state, int row) {
        return state.accounts().version(row) + 1;
    }

    private static Decision<LedgerEvent> closed(UUID id) {
        return LedgerRefusal.ACCOUNT_CLOSED.reject("Account " + id + " is closed.", "/id");
    }

    private static Decision<LedgerEvent> partyUnknown(UUID id, String pointer) {
        return LedgerRefusal.PARTY_UNKNOWN.reject("There is no party " + id + " on this shard.", pointer);
    }
}
