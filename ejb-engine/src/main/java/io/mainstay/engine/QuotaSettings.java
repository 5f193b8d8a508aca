package io.mainstay.engine;

import io.mainstay.core.config.ConfigKey;
import io.mainstay.core.quota.TenantQuota;
import io.mainstay.core.quota.TenantQuotas;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the quotas of tenants. */
final class QuotaSettings {
    private static final int COMMANDS_MAX = 10_000_000;
    private static final int STORED_MAX = 1_000_000_000;
    private static final Pattern ONE = Pattern.compile("([^=,\\s]{1,64})=(\\d{1,9})/(\\d{1,9})/(\\d{1,10})");

    private static final ConfigKey<Integer> COMMANDS = ConfigKey.count(
            "mainstay.quota.commands",
            TenantQuota.UNLIMITED,
            0,
            COMMANDS_MAX,
            "Commands a second of a tenant, at most, on the average; 0 for any number.");
    private static final ConfigKey<Integer> BURST = ConfigKey.count(
            "mainstay.quota.burst",
            1000,
            1,
            COMMANDS_MAX,
            "Commands of a tenant at once, at most, after a time without any; counts where commands a second are limited.");
    private static final ConfigKey<Integer> STORED = ConfigKey.count(
            "mainstay.quota.stored",
            TenantQuota.UNLIMITED,
            0,
            STORED_MAX,
            "What a tenant stores over all shards, such as accounts, at most; 0 for any number.");
    private static final ConfigKey<Map<String, TenantQuota>> TENANTS = new ConfigKey<>(
            "mainstay.quota.tenants",
            "",
            "tenants with commands a second, burst and stored such as acme=500/2000/100000, separated by commas",
            "Tenants that have other quotas than the others.",
            QuotaSettings::tenants);

    static final List<ConfigKey<?>> KEYS = List.of(COMMANDS, BURST, STORED, TENANTS);

    private QuotaSettings() {}

    static TenantQuotas read(Function<String, Optional<String>> source) {
        return new TenantQuotas(
                new TenantQuota(COMMANDS.read(source), BURST.read(source), STORED.read(source)), TENANTS.read(source));
    }

    private static Map<String, TenantQuota> tenants(String text) {
        Map<String, TenantQuota> quotas = new HashMap<>();
        if (text.isEmpty()) {
            return quotas;
        }
        for (String one : text.split(",", -1)) {
            Matcher matcher = ONE.matcher(one.strip());
            if (!matcher.matches()) {
                throw new IllegalArgumentException("'" + one + "' is no tenant with its quotas");
            }
            TenantQuota quota = new TenantQuota(
                    within(matcher.group(2), COMMANDS_MAX),
                    within(matcher.group(3), COMMANDS_MAX),
                    within(matcher.group(4), STORED_MAX));
            if (quotas.put(matcher.group(1), quota) != null) {
                throw new IllegalArgumentException("tenant " + matcher.group(1) + " occurs twice");
            }
        }
        return quotas;
    }

    private static int within(String text, int max) {
        long number = Long.parseLong(text);
        if (number > max) {
            throw new IllegalArgumentException(number + " is more than " + max);
        }
        return (int) number;
    }
}
