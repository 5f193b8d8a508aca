package io.mainstay.core.quota;

import java.util.Map;
import java.util.stream.Stream;

/**
 * The quotas of all tenants, of the default one as well, which has no name.
 *
 * @param common of tenants that have none of their own
 * @param own by tenant
 */
public record TenantQuotas(TenantQuota common, Map<String, TenantQuota> own) {
    public static final TenantQuotas NONE = new TenantQuotas(TenantQuota.NONE, Map.of());

    public TenantQuotas {
        own = Map.copyOf(own);
    }

    /** True if some tenant may not ask for any number of commands. */
    boolean limitCommands() {
        return all().anyMatch(quota -> quota.commandsPerSecond() != TenantQuota.UNLIMITED);
    }

    /** True if some tenant may not store any number of aggregates. */
    public boolean limitStored() {
        return all().anyMatch(quota -> quota.storedMax() != TenantQuota.UNLIMITED);
    }

    /** How messages begin that are about a tenant. */
    static String nameOf(String tenant) {
        return tenant.isEmpty() ? "The default tenant" : "Tenant " + tenant;
    }

    private Stream<TenantQuota> all() {
        return Stream.concat(Stream.of(common), own.values().stream());
    }

    public TenantQuota of(String tenant) {
        return own.getOrDefault(tenant, common);
    }
}
