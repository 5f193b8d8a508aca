package io.mainstay.core.shard;

import io.mainstay.core.domain.Domain;
import io.mainstay.core.domain.Domains;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The state of every domain in one shard. Owned by the shard's writer. */
public final class ShardState {
    private final Map<Integer, DomainState<?, ?, ?>> byDomainId = new TreeMap<>();

    ShardState(Domains domains) {
        for (Domain<?, ?, ?> domain : domains.all()) {
            byDomainId.put(domain.id(), new DomainState<>(domain));
        }
    }

    /** The state of that type; {@link IllegalArgumentException} if no domain has it. */
    public <S> S of(Class<S> stateType) {
        for (DomainState<?, ?, ?> domain : byDomainId.values()) {
            if (stateType.isInstance(domain.state())) {
                return stateType.cast(domain.state());
            }
        }
        throw new IllegalArgumentException("no domain keeps a " + stateType.getName());
    }

    Collection<DomainState<?, ?, ?>> domains() {
        return byDomainId.values();
    }

    DomainState<?, ?, ?> domain(int domainId) {
        DomainState<?, ?, ?> domain = byDomainId.get(domainId);
        if (domain == null) {
            throw new IllegalArgumentException("no domain with number " + domainId + " is installed");
        }
        return domain;
    }
}
