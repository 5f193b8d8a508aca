package io.mainstay.core.saga;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.Arrays;
import java.util.Map;

/**
 * A command of a saga's step, as it waits for its time.
 *
 * @param domainId number of its domain, or {@link io.mainstay.core.domain.CommandGroup#DOMAIN_ID}
 * @param schemaVersion version of the domain that wrote the bytes
 * @param bytes the command in its domain's codec
 */
public record StepCommand(int domainId, int schemaVersion, byte[] bytes) {
    void write(WireWriter out) {
        out.writeByte(domainId);
        out.writeVarInt(schemaVersion);
        out.writeBytes(bytes);
    }

    static StepCommand read(WireReader in) {
        return new StepCommand(in.readUnsignedByte(), in.readVarInt(), in.readBytes());
    }

    /** The command, as the installed version of its domain reads it. */
    public Command decode(Domains domains) {
        boolean isInstalled = domains.byId(domainId).schemaVersion() == schemaVersion;
        return domains.decode(
                domainId,
                isInstalled ? bytes : domains.upcastCommand(domainId, bytes, Map.of(domainId, schemaVersion)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StepCommand(var id, var version, var written)
                && id == domainId
                && version == schemaVersion
                && Arrays.equals(written, bytes);
    }

    @Override
    public int hashCode() {
        return 31 * domainId + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "command of domain " + domainId + " in " + bytes.length + " bytes";
    }
}
