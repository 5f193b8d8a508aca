package io.mainstay.core.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A setting: its name, what it may be, and what it is for. The environment variable of {@code mainstay.read.wait} is
 * {@code MAINSTAY_READ_WAIT}.
 *
 * @param defaultText as a user would write it
 * @param rangeText for people: {@code 1 to 256}
 * @param sentence what the setting decides
 * @param parser makes a valid value of a text, or throws {@link IllegalArgumentException}
 * @param <T> the type of the value
 */
public record ConfigKey<T>(
        String name, String defaultText, String rangeText, String sentence, Function<String, T> parser) {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,9})(KiB|MiB|GiB)");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");

    /** A whole number within a range. */
    public static ConfigKey<Integer> count(String name, int value, int min, int max, String sentence) {
        return new ConfigKey<>(name, String.valueOf(value), min + " to " + max, sentence, text -> {
            int number;
            try {
                number = Integer.parseInt(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("not a whole number", e);
            }
            if (number < min || number > max) {
                throw new IllegalArgumentException("out of range");
            }
            return number;
        });
    }

    /** A time with its unit within a range: {@code 5ms}, {@code 2s}, {@code 1m}, {@code 12h}, {@code 7d}. */
    public static ConfigKey<Duration> duration(String name, String value, String min, String max, String sentence) {
        Duration least = parse(min);
        Duration most = parse(max);
        return new ConfigKey<>(name, value, min + " to " + max, sentence, text -> {
            Duration duration = parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException("out of range");
            }
            return duration;
        });
    }

    /** A size in bytes with its unit within a range: {@code 512KiB}, {@code 64MiB}, {@code 1GiB}. */
    public static ConfigKey<Long> size(String name, String value, String min, String max, String sentence) {
        long least = parseSize(min);
        long most = parseSize(max);
        return new ConfigKey<>(name, value, min + " to " + max, sentence, text -> {
            long size = parseSize(text);
            if (size < least || size > most) {
                throw new IllegalArgumentException("out of range");
            }
            return size;
        });
    }

    /** One of the constants of an enumeration, by its name. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, E value, Class<E> type, String sentence) {
        String names = Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", "));
        return new ConfigKey<>(name, value.name(), names, sentence, text -> Enum.valueOf(type, text));
    }

    /** Reads the setting from where the server keeps them; {@link IllegalArgumentException} names key, value and range. */
    public T read(Function<String, Optional<String>> source) {
        String text = source.apply(name).orElse(defaultText).strip();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "%s is '%s' (%s); %s wanted".formatted(name, text, wrong.getMessage(), rangeText), wrong);
        }
    }

    private static long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a size such as 512KiB, 64MiB or 1GiB");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "KiB" -> amount << 10;
            case "MiB" -> amount << 20;
            default -> amount << 30;
        };
    }

    private static Duration parse(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a duration such as 5ms, 2s, 1m, 12h or 7d");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
