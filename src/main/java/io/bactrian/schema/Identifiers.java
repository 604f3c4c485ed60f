package io.bactrian.schema;

import java.util.LinkedHashSet;
import java.util.Map;
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

    /** The text with names in backticks changed to those they are given; null for null. */
    static String renamed(String sql, Map<String, String> names) {
        if (sql == null) {
            return null;
        }
        StringBuilder out = new StringBuilder(sql.length());
        for (int i = 0; i < sql.length(); i++) {
            char c = sql.charAt(i);
            if (c != '`' && c != '\'' && c != '"') {
                out.append(c);
                continue;
            }
            int end = end(sql, i, c != '`');
            String quoted = sql.substring(i, end + 1);
            String name = quoted.substring(1, quoted.length() - 1).replace("``", "`");
            out.append(
                    c == '`' && names.containsKey(name)
                            ? '`' + names.get(name).replace("`", "``") + '`'
                            : quoted);
            i = end;
        }
        return out.toString();
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
