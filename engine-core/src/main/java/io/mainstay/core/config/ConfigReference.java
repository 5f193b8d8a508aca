package io.mainstay.core.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The settings as a table of the documentation. */
public final class ConfigReference {
    private ConfigReference() {}

    /** One Markdown row a setting, in the order given. */
    public static String rows(List<ConfigKey<?>> keys) {
        return keys.stream()
                .map(key -> "| `%s` | `%s` | %s | %s | %s |"
                        .formatted(
                                key.name(),
                                key.name().replaceAll("[^a-z0-9]", "_").toUpperCase(Locale.ROOT),
                                key.defaultText().isEmpty() ? "none" : "`" + key.defaultText() + "`",
                                key.rangeText(),
                                key.sentence()))
                .collect(Collectors.joining("\n"));
    }
}
