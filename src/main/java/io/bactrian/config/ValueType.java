package io.bactrian.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes its value.
 *
 * @param wanted what has to be written, for the one who wrote something else
 * @param parser throws IllegalArgumentException for what cannot be a value
 */
record ValueType<T>(String wanted, Function<String, T> parser) {
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,18})\\s*([A-Za-z]*)");
    private static final String IPV6 = "\\p{XDigit}*:\\p{XDigit}*:[\\p{XDigit}:.]*(%[\\w.-]+)?";
    private static final Pattern HOST =
            Pattern.compile("[\\p{L}\\p{N}._-]+|" + IPV6 + "|\\[" + IPV6 + "\\]");
    private static final Map<String, Long> BYTES =
            Map.of("", 1L, "K", 1L << 10, "M", 1L << 20, "G", 1L << 30);
    private static final Map<String, Long> MILLIS =
            Map.of(
                    "ms",
                    1L,
                    "",
                    1000L,
                    "s",
                    1000L,
                    "m",
                    60_000L,
                    "h",
                    3_600_000L,
                    "d",
                    86_400_000L);

    static ValueType<Integer> number(int least, int most) {
        return new ValueType<>(
                "a whole number from " + least + " to " + most,
                text -> (int) inRange(Long.parseLong(text), least, most));
    }

    /** Bytes, plain or in K, M or G of 1024. */
    static ValueType<Long> size(long least, long most) {
        return new ValueType<>(
                "a size such as 32M, from " + bytes(least) + " to " + bytes(most),
                text -> inRange(amount(text.toUpperCase(Locale.ROOT), BYTES), least, most));
    }

    /** A duration with its unit; a plain number is seconds. */
    static ValueType<Duration> duration(Duration least, Duration most) {
        return new ValueType<>(
                "a duration such as 500ms, 30s or 2m, from " + words(least) + " to " + words(most),
                text ->
                        Duration.ofMillis(
                                inRange(amount(text, MILLIS), least.toMillis(), most.toMillis())));
    }

    /** Whole seconds without a unit. */
    static ValueType<Duration> seconds(int most) {
        return new ValueType<>(
                "whole seconds from 0 to " + most,
                text -> Duration.ofSeconds(inRange(Long.parseLong(text), 0, most)));
    }

    /** One of an enum's names in any case, with dashes or underscores. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type, Function<E, String> spelling) {
        return new ValueType<>(
                "one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(spelling)
                                .collect(Collectors.joining(", ")),
                text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')));
    }

    static <T> ValueType<T> text(String wanted, Function<String, T> parser) {
        return new ValueType<>(wanted, parser);
    }

    /** Any text but none. */
    static ValueType<String> name(String wanted) {
        return new ValueType<>(
                wanted,
                text -> {
                    if (text.isBlank()) {
                        throw new IllegalArgumentException("empty");
                    }
                    return text;
                });
    }

    /**
     * No more than a host: it becomes part of a URL, in which other characters would name more
     * hosts, an account, or options of the driver.
     */
    static ValueType<String> host() {
        return new ValueType<>(
                "a host name or address",
                text -> {
                    if (!HOST.matcher(text).matches()) {
                        throw new IllegalArgumentException("no host");
                    }
                    return text;
                });
    }

    private static long amount(String text, Map<String, Long> units) {
        Matcher matcher = AMOUNT.matcher(text);
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("no amount");
        }
        return Math.multiplyExact(Long.parseLong(matcher.group(1)), units.get(matcher.group(2)));
    }

    private static long inRange(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("out of range");
        }
        return value;
    }

    private static String bytes(long bytes) {
        if (bytes >= 1L << 30) {
            return (bytes >> 30) + "G";
        }
        return bytes >= 1L << 20
                ? (bytes >> 20) + "M"
                : bytes >= 1L << 10 ? (bytes >> 10) + "K" : bytes + " bytes";
    }

    private static String words(Duration duration) {
        long millis = duration.toMillis();
        if (millis % 1000 != 0) {
            return millis + "ms";
        }
        return millis % 3_600_000 == 0 && millis > 0
                ? millis / 3_600_000 + "h"
                : millis / 1000 + "s";
    }
}
