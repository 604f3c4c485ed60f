package io.bactrian.proof;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** Values that nobody expects. */
final class Values {
    private static final List<String> TEXTS =
            List.of(
                    "",
                    " ",
                    "null",
                    "-1",
                    "0",
                    "NaN",
                    "Infinity",
                    "1e400",
                    "99999999999999999999999999",
                    "-9223372036854775809",
                    "2147483648",
                    "true",
                    "*",
                    "!",
                    ",,",
                    "../../outside/canary",
                    "/etc/passwd",
                    "a\nerror: forged: line",
                    "\r\n\t",
                    "\u0000",
                    "\u202e\u00fc\u2603",
                    "\ud83d\ude00",
                    "`; DROP TABLE one;-- ",
                    "' OR ''='",
                    "${env:HOME}",
                    "{{sys:user.name}}",
                    "%s%n%00",
                    "a,b=c?d&e#f@g:h/i\\j");

    /** What names are made of; no quotes, comments, escapes, placeholders or marks are missing. */
    private static final List<String> PARTS =
            List.of(
                    "`",
                    "``",
                    "'",
                    "\"",
                    "\\",
                    "\\'",
                    ";",
                    " ",
                    ".",
                    ",",
                    "/",
                    "../",
                    "%",
                    "%s",
                    "%41",
                    "*",
                    "?",
                    "!",
                    "{",
                    "}",
                    "{d '1'}",
                    "${env:HOME}",
                    "{{sys:user.name}}",
                    "#",
                    "-- ",
                    "/*",
                    "*/",
                    "/*!50000 ",
                    "@",
                    ":",
                    ":a",
                    "$",
                    "&",
                    "=",
                    "|",
                    "~",
                    "()",
                    "[0]",
                    "<b>",
                    "\n",
                    "\r",
                    "\t",
                    "\u0001",
                    "\u007f",
                    "\u00ff",
                    "e\u0301",
                    "\u00e9",
                    "\u00df",
                    "\u0130",
                    "\u0131",
                    "\u6f22",
                    "\u202e",
                    "\u200b",
                    "\ufeff",
                    "\u2028",
                    "\u3000",
                    "\uff07",
                    "select",
                    "NULL",
                    "drop table x",
                    "sync_log_",
                    "a",
                    "A",
                    "1",
                    "_",
                    "\\n",
                    "\\N");

    private Values() {}

    /** A name for something in a database; the server may still refuse it. */
    static String name(Random random) {
        StringBuilder name = new StringBuilder();
        boolean whole = random.nextInt(4) == 0;
        int parts = whole ? 64 : 1 + random.nextInt(5);
        while (parts-- > 0 && name.length() < 64) {
            name.append(
                    random.nextInt(4) == 0
                            ? Character.toString(random.nextInt(0x20, 0xD7FF))
                            : PARTS.get(random.nextInt(PARTS.size())));
        }
        name.setLength(Math.min(64, name.length()));
        // what no name may end with
        return name.toString().replaceFirst("\\s+$", "_");
    }

    /** A text: odd, long or of random characters. */
    static String text(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> "x".repeat(1 << random.nextInt(14));
            case 1 -> characters(random);
            default -> TEXTS.get(random.nextInt(TEXTS.size()));
        };
    }

    private static String characters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(20); i >= 0; i--) {
            int c = random.nextInt(random.nextBoolean() ? 0x80 : 0x11_0000);
            text.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xFFFD : c);
        }
        return text.toString();
    }

    /**
     * JSON of any kind.
     *
     * @param file a path that it may name
     */
    static String json(Random random, Path file) {
        return switch (random.nextInt(12)) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "-1";
            case 3 -> "1e999999999";
            case 4 -> "9".repeat(1 + random.nextInt(60));
            case 5 -> "[]";
            case 6 -> "{}";
            case 7 -> quoted(file.toString());
            case 8 -> {
                int deep = 1 << random.nextInt(12);
                yield "[".repeat(deep) + "]".repeat(deep);
            }
            case 9 -> "[null, {\"a\": [1.5, \"b\"]}]";
            default -> quoted(text(random));
        };
    }

    /** A text as JSON has it. */
    static String quoted(String text) {
        return io.bactrian.state.Json.line(text);
    }

    /** The beginning of a value. */
    static String shown(String value) {
        return value.length() > 60 ? value.substring(0, 60) + "…" : value;
    }
}
