package io.bactrian.schema;

import java.util.Set;

/**
 * Collations that MySQL and MariaDB have both, under one name and with one order: compared by the
 * weight of each character (WEIGHT_STRING of all 1,112,063 code points, of all bytes of the others;
 * MySQL 8.0.33, MariaDB 10.11.19 and 11.4.5). By that, utf8mb4_0900_ai_ci has no equal: MariaDB
 * 11.4 knows the name and gives it to a newer Unicode, which tells 641 characters apart otherwise.
 * Collations of one language in Unicode have rules for pairs of characters and were not compared.
 */
final class Collations {
    private static final Set<String> UNICODE =
            Set.of("utf8mb4", "utf8mb3", "ucs2", "utf16", "utf32");
    private static final Set<String> OF_UNICODE =
            Set.of("bin", "general_ci", "unicode_ci", "unicode_520_ci");

    /** Character sets of one byte whose default collation ends in general_ci. */
    private static final Set<String> OF_BYTES =
            Set.of(
                    "ascii",
                    "armscii8",
                    "cp1250",
                    "cp1251",
                    "cp1256",
                    "cp1257",
                    "cp850",
                    "cp852",
                    "cp866",
                    "geostd8",
                    "greek",
                    "hebrew",
                    "keybcs2",
                    "koi8r",
                    "koi8u",
                    "latin2",
                    "latin7",
                    "macce",
                    "macroman");

    private Collations() {}

    /** Whether the character set's collation compares and sorts alike on both kinds of server. */
    static boolean areEqual(String charset, String collation) {
        if (!collation.startsWith(charset + "_")) {
            return false;
        }
        String rule = collation.substring(charset.length() + 1);
        return UNICODE.contains(charset) && OF_UNICODE.contains(rule)
                || OF_BYTES.contains(charset) && Set.of("bin", "general_ci").contains(rule)
                || charset.equals("latin1")
                        && Set.of("bin", "swedish_ci", "general_ci", "general_cs").contains(rule);
    }

    /**
     * The collation of a character set that names none, which MySQL does not print, and MariaDB
     * prints always.
     */
    static String ofCharset(String charset) {
        return switch (charset) {
            case "utf8mb4" -> "utf8mb4_0900_ai_ci";
            case "latin1" -> "latin1_swedish_ci";
            case "binary" -> "binary";
            default -> charset + "_general_ci";
        };
    }
}
