package io.bactrian.sql;

import io.bactrian.error.StructureException;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.Table;
import java.util.regex.Pattern;

/**
 * Names that MySQL (8.0.33) takes everywhere but in the body of a trigger. It keeps a second copy
 * of the body, and cuts letters beyond ASCII in two there in a name that also has a doubled
 * backtick.
 */
final class GarbledName {
    private static final Pattern GARBLED =
            Pattern.compile("`(?=.*[^\\x00-\\x7F]).*``.*`", Pattern.DOTALL);

    private GarbledName() {}

    /**
     * Does nothing if the body can be kept.
     *
     * @param body text in which names and strings are quoted as {@link Names} does
     */
    static void refuse(Table table, String body) {
        if (table.server() == ServerKind.MARIADB) {
            return;
        }
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c == '`' || c == '\'') {
                int end = SqlCursor.endOfQuoted(body, i);
                String name = body.substring(i, end);
                if (GARBLED.matcher(name).matches()) {
                    throw new StructureException(
                            table.name(),
                            "MySQL takes no trigger with the name " + name + " in it (error 3507)",
                            "rename it on both sides to one without a backtick");
                }
                i = end - 1;
            }
        }
    }
}
