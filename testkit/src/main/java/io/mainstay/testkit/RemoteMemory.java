package io.mainstay.testkit;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.wire.WireReader;
import io.mainstay.core.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** A witness in another virtual machine, which replays the events there. */
final class RemoteMemory implements Witness {
    private final Class<?> domain;
    private final List<byte[]> events = new ArrayList<>();
    private int sent;

    RemoteMemory(Domain<?, ?, ?> domain) {
        this.domain = domain.getClass();
    }

    @Override
    public String name() {
        return "a replay in another virtual machine, with other identity hashes, order of Set.of, language and time zone";
    }

    @Override
    public void apply(byte[] event) {
        events.add(event);
    }

    @Override
    public Verdict decide(byte[] command, Moment moment) {
        WireWriter request = Twin.request(Twin.DECIDE);
        request.writeBytes(command);
        moment.write(request);
        return verdict(request);
    }

    @Override
    public Verdict elapse(Moment moment) {
        WireWriter request = Twin.request(Twin.ELAPSE);
        moment.write(request);
        return verdict(request);
    }

    @Override
    public Standing standing() {
        return Standing.read(ask(Twin.request(Twin.STANDING)));
    }

    private Verdict verdict(WireWriter request) {
        WireReader answer = ask(request);
        byte[] bytes = answer.readBytes();
        return new Verdict(bytes, answer.readText());
    }

    private WireReader ask(WireWriter request) {
        Twin twin = Twin.shared();
        synchronized (twin) {
            if (!twin.isUsedBy(this)) {
                twin.open(this, domain);
                sent = 0;
            }
            while (sent < events.size()) {
                WireWriter apply = Twin.request(Twin.APPLY);
                apply.writeBytes(events.get(sent));
                twin.ask(apply);
                sent++;
            }
            return twin.ask(request);
        }
    }
}
