package io.mainstay.testkit;

import io.mainstay.core.domain.CommandContext;
import io.mainstay.core.route.Homes;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Where and when something is decided, as it goes to another virtual machine. */
record Moment(int shard, long offset, long nowMicros, Homes homes) {
    CommandContext context() {
        return new CommandContext.Fixed(shard, DomainFixture.SHARDS, offset, nowMicros, homes);
    }

    Moment next() {
        return new Moment(shard, offset + 1, nowMicros, homes);
    }

    void write(WireWriter out) {
        out.writeInt(shard);
        out.writeLong(offset);
        out.writeLong(nowMicros);
        out.writeVarInt(homes.elsewhere().size());
        for (Homes.Home home : homes.elsewhere()) {
            out.writeUuid(home.aggregate());
            out.writeInt(home.shard());
        }
    }

    static Moment read(WireReader in) {
        int shard = in.readInt();
        long offset = in.readLong();
        long nowMicros = in.readLong();
        List<Homes.Home> elsewhere = new ArrayList<>();
        for (int left = in.readVarInt(); left > 0; left--) {
            UUID aggregate = in.readUuid();
            elsewhere.add(new Homes.Home(aggregate, in.readInt()));
        }
        return new Moment(shard, offset, nowMicros, new Homes(elsewhere));
    }
}
