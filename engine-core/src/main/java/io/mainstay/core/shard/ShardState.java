package io.mainstay.core.shard;

import io.mainstay.core.domain.Command;
import io.mainstay.core.domain.Domains;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The state of every domain in one shard. Owned by the shard's writer. */
public final class ShardState {
    private final Domains domains;
    private final List<DomainState<?, ?, ?>> all;
    private final @Nullable DomainState<?, ?, ?>[] byDomainId = new DomainState<?, ?, ?>[Domains.ID_MAX + 1];

    ShardState(Domains domains) {
        this.domains = domains;
        all = domains.all().stream()
                .<DomainState<?, ?, ?>>map(domain -> new DomainState<>(domain))
                .toList();
        all.forEach(domain -> byDomainId[domain.id()] = domain);
    }

    /** The state of that type; {@link IllegalArgumentException} if no domain has it. */
    public <S> S of(Class<S> stateType) {
        for (DomainState<?, ?, ?> domain : all) {
            if (stateType.isInstance(domain.state())) {
                return stateType.cast(domain.state());
            }
        }
        throw new IllegalArgumentException("no domain keeps a " + stateType.getName());
    }

    /** True if the command's domain holds what leads it. */
    public boolean holds(Command command) {
        return domain(domains.of(command).id()).holds(command);
    }

    /** True if a domain holds the aggregate. */
    boolean holds(UUID aggregate) {
        for (DomainState<?, ?, ?> domain : all) {
            if (domain.version(aggregate) > 0) {
                return true;
            }
        }
        return false;
    }

    /** The state of that type, or null if no domain has it. */
    <S> @Nullable S find(Class<S> stateType) {
        return all.stream().anyMatch(domain -> stateType.isInstance(domain.state())) ? of(stateType) : null;
    }

    /** In the order of their numbers. */
    List<DomainState<?, ?, ?>> domains() {
        return all;
    }

    /** Hot: one call per command. */
    DomainState<?, ?, ?> domain(int domainId) {
        DomainState<?, ?, ?> domain = domainId >= 0 && domainId <= Domains.ID_MAX ? byDomainId[domainId] : null;
        if (domain == null) {
            throw new IllegalArgumentException("no domain with number " + domainId + " is installed");
        }
        return domain;
    }
}
