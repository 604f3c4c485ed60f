package io.bactrian.sql;

import java.util.Set;

/**
 * Takes the own schema's name off in front of the schema's objects, so that a body means the same
 * in a schema of another name. A name is only taken off where an object of the schema follows: an
 * alias that happens to be called like the schema stays.
 */
final class OwnNames {
    private final String schema;
    private final Set<String> objects;

    OwnNames(String schema, Set<String> objects) {
        this.schema = schema;
        this.objects = objects;
    }

    /** The text without the schema's name; strings and comments as they were. */
    String unqualify(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            int end = endOfToken(text, i);
            boolean qualifies =
                    isName(text, i, schema)
                            && (out.length() == 0 || out.charAt(out.length() - 1) != '.')
                            && end + 1 < text.length()
                            && text.charAt(end) == '.'
                            && objects.contains(nameAt(text, end + 1));
            if (qualifies) {
                end++;
            } else {
                out.append(text, i, end);
            }
            i = end;
        }
        return out.toString();
    }

    private static boolean isName(String text, int at, String name) {
        char c = text.charAt(at);
        return (c == '`' || SqlCursor.isWord(c)) && nameAt(text, at).equals(name);
    }

    private static String nameAt(String text, int at) {
        String token = text.substring(at, endOfToken(text, at));
        return token.startsWith("`")
                ? token.substring(1, token.length() - 1).replace("``", "`")
                : token;
    }

    static int endOfToken(String text, int at) {
        char c = text.charAt(at);
        if (c == '`' || c == '\'' || c == '"') {
            return SqlCursor.endOfQuoted(text, at);
        }
        if (c == '#' || text.startsWith("-- ", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("/*", at) && !text.startsWith("/*!", at)) {
            int end = text.indexOf("*/", at);
            return end < 0 ? text.length() : end + 2;
        }
        int end = at + 1;
        while (SqlCursor.isWord(c) && end < text.length() && SqlCursor.isWord(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
