package io.mainstay.projector;

import io.mainstay.core.config.ConfigKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * How long rows stay in their tables, by the class of the table. Each field is described by its key.
 *
 * <p>A table tells its class in its comment: {@code retention: transactions}. One without a class is kept for ever.
 */
record Retention(Duration users, Duration transactions, Duration audit) {
    static final ConfigKey<Duration> USERS = ConfigKey.duration(
            "mainstay.retention.users",
            "2557d",
            "1d",
            "36525d",
            "Months of data about users that are older than this leave their table; 7 years.");
    static final ConfigKey<Duration> TRANSACTIONS = ConfigKey.duration(
            "mainstay.retention.transactions",
            "3653d",
            "1d",
            "36525d",
            "Months of transactions that are older than this leave their table; 10 years.");
    static final ConfigKey<Duration> AUDIT = ConfigKey.duration(
            "mainstay.retention.audit",
            "1096d",
            "1d",
            "36525d",
            "Months of audit trails that are older than this leave their table; 3 years.");

    /** Every setting of the retention, for the reference. */
    static final List<ConfigKey<?>> KEYS = List.of(USERS, TRANSACTIONS, AUDIT);

    /** {@code source} gives the text of a setting by its name. */
    static Retention from(Function<String, Optional<String>> source) {
        return new Retention(USERS.read(source), TRANSACTIONS.read(source), AUDIT.read(source));
    }

    /** Of a class; empty for ever. */
    Optional<Duration> of(String retentionClass) {
        return switch (retentionClass) {
            case "users" -> Optional.of(users);
            case "transactions" -> Optional.of(transactions);
            case "audit" -> Optional.of(audit);
            default -> Optional.empty();
        };
    }
}
