package io.mainstay.domain.ledger;

import io.mainstay.core.wire.WireException;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Optional;
import java.util.UUID;

/** How commands and events about assets, parties and accounts stand in the log; their types are 1 and 10 to 29. */
final class AccountCodecs {
    /** An account with nothing but a lowest balance, as it was written before there was more, and is to this day. */
    private static final int PLAIN_ACCOUNT = 1;

    private AccountCodecs() {}

    static void encode(AccountCommand command, WireWriter out) {
        switch (command) {
            case OpenAccount open -> {
                if (isPlain(open.tenant(), open.maxBalanceMinor(), open.reference(), open.owner())) {
                    out.writeByte(PLAIN_ACCOUNT);
                    writePlain(open.id(), open.ledger(), open.asset(), open.minBalanceMinor(), out);
                } else {
                    begin(10, open.tenant(), open.id(), out);
                    writeAccount(
                            open.ledger(),
                            open.asset(),
                            open.minBalanceMinor(),
                            open.maxBalanceMinor(),
                            open.reference(),
                            open.owner(),
                            out);
                }
            }
            case DefineAsset(var tenant, var code, var scale) -> {
                out.writeByte(11);
                writeAsset(tenant, code, scale, out);
            }
            case LearnAsset(var tenant, var code, var scale) -> {
                out.writeByte(12);
                writeAsset(tenant, code, scale, out);
            }
            case RegisterParty(var tenant, var id, var ledger, var name, var email) -> {
                begin(13, tenant, id, out);
                out.writeText(ledger);
                out.writeText(name);
                out.writeText(email);
            }
            case ChangeParty(var tenant, var id, var name, var email) -> {
                begin(14, tenant, id, out);
                out.writeText(name);
                out.writeText(email);
            }
            case RenameAccount(var tenant, var id, var reference) -> {
                begin(15, tenant, id, out);
                out.writeText(reference);
            }
            case SetLimits(var tenant, var id, var minMinor, var maxMinor) -> {
                begin(16, tenant, id, out);
                out.writeSignedVarLong(minMinor);
                out.writeSignedVarLong(maxMinor);
            }
            case FreezeAccount(var tenant, var id, var reason) -> {
                begin(17, tenant, id, out);
                out.writeText(reason);
            }
            case UnfreezeAccount(var tenant, var id) -> begin(18, tenant, id, out);
            case CloseAccount(var tenant, var id) -> begin(19, tenant, id, out);
        }
    }

    static AccountCommand decodeCommand(int type, WireReader in) {
        if (type == PLAIN_ACCOUNT) {
            return new OpenAccount(in.readUuid(), in.readText(), in.readText(), in.readLong());
        }
        String tenant = in.readText();
        if (type == 11 || type == 12) {
            String code = in.readText();
            int scale = in.readUnsignedByte();
            return type == 11 ? new DefineAsset(tenant, code, scale) : new LearnAsset(tenant, code, scale);
        }
        UUID id = in.readUuid();
        return switch (type) {
            case 10 ->
                new OpenAccount(
                        tenant,
                        id,
                        in.readText(),
                        in.readText(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readText(),
                        readOptional(in));
            case 13 -> new RegisterParty(tenant, id, in.readText(), in.readText(), in.readText());
            case 14 -> new ChangeParty(tenant, id, in.readText(), in.readText());
            case 15 -> new RenameAccount(tenant, id, in.readText());
            case 16 -> new SetLimits(tenant, id, in.readSignedVarLong(), in.readSignedVarLong());
            case 17 -> new FreezeAccount(tenant, id, in.readText());
            case 18 -> new UnfreezeAccount(tenant, id);
            case 19 -> new CloseAccount(tenant, id);
            default -> throw new WireException("ledger command of unknown type " + type);
        };
    }

    static void encode(AccountEvent event, WireWriter out) {
        switch (event) {
            case AccountOpened opened -> {
                if (isPlain(opened.tenant(), opened.maxBalanceMinor(), opened.reference(), opened.owner())) {
                    out.writeByte(PLAIN_ACCOUNT);
                    writePlain(opened.id(), opened.ledger(), opened.asset(), opened.minBalanceMinor(), out);
                } else {
                    begin(10, opened.tenant(), opened.id(), out);
                    writeAccount(
                            opened.ledger(),
                            opened.asset(),
                            opened.minBalanceMinor(),
                            opened.maxBalanceMinor(),
                            opened.reference(),
                            opened.owner(),
                            out);
                }
            }
            case AssetDefined(var tenant, var code, var scale) -> {
                out.writeByte(11);
                writeAsset(tenant, code, scale, out);
            }
            case PartyRegistered(var tenant, var id, var ledger, var name, var email) -> {
                begin(13, tenant, id, out);
                out.writeText(ledger);
                out.writeText(name);
                out.writeText(email);
            }
            case PartyChanged changed -> {
                begin(14, changed.tenant(), changed.id(), out);
                out.writeText(changed.nameBefore());
                out.writeText(changed.emailBefore());
                out.writeText(changed.name());
                out.writeText(changed.email());
                out.writeVarLong(changed.version());
            }
            case AccountRenamed(var tenant, var id, var before, var reference, var version) -> {
                begin(15, tenant, id, out);
                out.writeText(before);
                out.writeText(reference);
                out.writeVarLong(version);
            }
            case LimitsSet set -> {
                begin(16, set.tenant(), set.id(), out);
                out.writeSignedVarLong(set.minBalanceMinorBefore());
                out.writeSignedVarLong(set.maxBalanceMinorBefore());
                out.writeSignedVarLong(set.minBalanceMinor());
                out.writeSignedVarLong(set.maxBalanceMinor());
                out.writeVarLong(set.version());
            }
            case AccountFrozen(var tenant, var id, var reason, var version) -> {
                begin(17, tenant, id, out);
                out.writeText(reason);
                out.writeVarLong(version);
            }
            case AccountUnfrozen(var tenant, var id, var version) -> {
                begin(18, tenant, id, out);
                out.writeVarLong(version);
            }
            case AccountClosed(var tenant, var id, var version) -> {
                begin(19, tenant, id, out);
                out.writeVarLong(version);
            }
        }
    }

    static AccountEvent decodeEvent(int type, WireReader in) {
        if (type == PLAIN_ACCOUNT) {
            return new AccountOpened(in.readUuid(), in.readText(), in.readText(), in.readLong());
        }
        String tenant = in.readText();
        if (type == 11) {
            return new AssetDefined(tenant, in.readText(), in.readUnsignedByte());
        }
        UUID id = in.readUuid();
        return switch (type) {
            case 10 ->
                new AccountOpened(
                        tenant,
                        id,
                        in.readText(),
                        in.readText(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readText(),
                        readOptional(in));
            case 13 -> new PartyRegistered(tenant, id, in.readText(), in.readText(), in.readText());
            case 14 ->
                new PartyChanged(
                        tenant, id, in.readText(), in.readText(), in.readText(), in.readText(), in.readVarLong());
            case 15 -> new AccountRenamed(tenant, id, in.readText(), in.readText(), in.readVarLong());
            case 16 ->
                new LimitsSet(
                        tenant,
                        id,
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readSignedVarLong(),
                        in.readVarLong());
            case 17 -> new AccountFrozen(tenant, id, in.readText(), in.readVarLong());
            case 18 -> new AccountUnfrozen(tenant, id, in.readVarLong());
            case 19 -> new AccountClosed(tenant, id, in.readVarLong());
            default -> throw new WireException("ledger event of unknown type " + type);
        };
    }

    static void writeOptional(Optional<UUID> id, WireWriter out) {
        out.writeByte(id.isPresent() ? 1 : 0);
        id.ifPresent(out::writeUuid);
    }

    static Optional<UUID> readOptional(WireReader in) {
        return in.readUnsignedByte() == 0 ? Optional.empty() : Optional.of(in.readUuid());
    }

    private static boolean isPlain(String tenant, long maxMinor, String reference, Optional<UUID> owner) {
        return tenant.isEmpty() && maxMinor == OpenAccount.UNLIMITED_MAX && reference.isEmpty() && owner.isEmpty();
    }

    private static void begin(int type, String tenant, UUID id, WireWriter out) {
        out.writeByte(type);
        out.writeText(tenant);
        out.writeUuid(id);
    }

    private static void writePlain(UUID id, String ledger, String asset, long minMinor, WireWriter out) {
        out.writeUuid(id);
        out.writeText(ledger);
        out.writeText(asset);
        out.writeLong(minMinor);
    }

    private static void writeAccount(
            String ledger,
            String asset,
            long minMinor,
            long maxMinor,
            String reference,
            Optional<UUID> owner,
            WireWriter out) {
        out.writeText(ledger);
        out.writeText(asset);
        out.writeSignedVarLong(minMinor);
        out.writeSignedVarLong(maxMinor);
        out.writeText(reference);
        writeOptional(owner, out);
    }

    private static void writeAsset(String tenant, String code, int scale, WireWriter out) {
        out.writeText(tenant);
        out.writeText(code);
        out.writeByte(scale);
    }
}
