package io.bactrian.schema;

import java.util.Map;
import java.util.Set;

/** What is known about character sets without asking a server. */
final class Charsets {
    private static final Set<String> UNIVERSAL =
            Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
    private static final Set<String> PLANE_0 = Set.of("utf8mb3", "utf8", "ucs2");

    /** Sets in which ASCII is not what it is elsewhere. */
    private static final Set<String> NOT_ASCII = Set.of("swe7", "binary");

    private static final Set<String> TEXT =
            Set.of("char", "varchar", "tinytext", "text", "mediumtext", "longtext", "enum", "set");
    private static final Map<String, Integer> WIDTH =
            Map.ofEntries(
                    Map.entry("utf8mb4", 4),
                    Map.entry("utf16", 4),
                    Map.entry("utf16le", 4),
                    Map.entry("utf32", 4),
                    Map.entry("gb18030", 4),
                    Map.entry("utf8mb3", 3),
                    Map.entry("utf8", 3),
                    Map.entry("eucjpms", 3),
                    Map.entry("ujis", 3),
                    Map.entry("ucs2", 2),
                    Map.entry("big5", 2),
                    Map.entry("cp932", 2),
                    Map.entry("euckr", 2),
                    Map.entry("gb2312", 2),
                    Map.entry("gbk", 2),
                    Map.entry("sjis", 2));

    private Charsets() {}

    static boolean isText(Column column) {
        return TEXT.contains(column.typeName());
    }

    /** Most bytes a character takes. */
    static int width(String charset) {
        return WIDTH.getOrDefault(charset, 1);
    }

    /** Whether each character of {@code from} is in {@code to}. */
    static boolean holdsAll(String from, String to) {
        return from == null
                || from.equals(to)
                || UNIVERSAL.contains(to)
                || PLANE_0.contains(to) && !UNIVERSAL.contains(from)
                || from.equals("ascii") && !NOT_ASCII.contains(to);
    }
}
