package io.mainstay.codec;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.CommandGroup;
import io.mainstay.core.domain.Domains;
import io.mainstay.core.wire.WireReader;
import jakarta.json.JsonObjectBuilder;

/**
 * Commands and events in JSON twice: readable, and as the bytes that count.
 *
 * <p>Bytes of any version of a domain can be read, by its upcasters; a text of fields would need the record types of every
 * version for ever.
 */
final class DomainText {
    private final Domains domains;

    DomainText(Domains domains) {
        this.domains = domains;
    }

    void writeCommand(int domainId, byte[] bytes, JsonObjectBuilder object) {
        object.add("domain", domainId);
        if (domainId == CommandGroup.DOMAIN_ID || isInstalled(domainId)) {
            Command command = domains.decode(domainId, bytes);
            object.add("command", JsonView.of(command));
        }
        object.add("bytes", JsonView.of(bytes));
    }

    void writeEvent(int domainId, byte[] bytes, JsonObjectBuilder object) {
        object.add("domain", domainId);
        if (isInstalled(domainId)) {
            object.add("event", JsonView.of(domains.byId(domainId).events().decode(new WireReader(bytes))));
        }
        object.add("bytes", JsonView.of(bytes));
    }

    private boolean isInstalled(int domainId) {
        return domains.all().stream().anyMatch(domain -> domain.id() == domainId);
    }
}
