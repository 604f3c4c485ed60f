package io.bactrian.schema;

import java.util.LinkedHashSet;
import java.util.Set;

/** Finds names in expressions and bodies. */
public final class Identifiers {
    private Identifiers() {}

    /** Names in backticks, in their order, those inside string literals left out. */
    public static Set<String> quotedIn(String sql) {
        Set<String> names = new LinkedHashSet<>();
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\'' || c == '"') {
                i = end(sql, i, true);
            } else if (c == '`') {
                int end = end(sql, i, false);
                names.add(sql.substring(i + 1, end).replace("``", "`"));
                i = end;
            }
        }
        return names;
    }

    /** Whether {@code sql} names {@code column}, upper and lower case being one. */
    static boolean names(String sql, String column) {
        return sql != null && quotedIn(sql).stream().anyMatch(column::equalsIgnoreCase);
    }

    /**
     * Index of the quote that closes the one at {@code start}; the last character where none does.
     */
    private static int end(String sql, int start, boolean escapes) {
        char quote = sql.charAt(start);
        for (int i = start + 1; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c == '\\' && escapes) {
                i++;
            } else if (c == quote) {
                if (i + 1 < sql.length() && sql.charAt(i + 1) == quote) {
                    i++;
                } else {
                    return i;
                }
            }
        }
        return sql.length() - 1;
    }
}
