package io.bactrian.sql;

import java.util.List;
import java.util.stream.Collectors;

/** The one place that quotes. What comes from a user or a database passes here before it is SQL. */
public final class Names {
    private Names() {}

    /** An identifier in backticks, those inside doubled. */
    public static String quote(String identifier) {
        return '`' + identifier.replace("`", "``") + '`';
    }

    public static String quote(String schema, String object) {
        return quote(schema) + '.' + quote(object);
    }

    /** Quoted identifiers with commas between. */
    public static String list(List<String> identifiers) {
        return identifiers.stream().map(Names::quote).collect(Collectors.joining(", "));
    }

    /** A string literal as SHOW CREATE prints it under the default sql_mode. */
    public static String literal(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('\'');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\'' -> out.append("''");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\0' -> out.append("\\0");
                default -> out.append(c);
            }
        }
        return out.append('\'').toString();
    }
}
