package io.bactrian.sql;

import io.bactrian.schema.Schema;
import io.bactrian.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes structure as SQL that the mysql client and myloader run. */
public final class DumpScript {
    private static final String UTF8 = "SET NAMES utf8mb4";

    /** A comment, in which a quote means nothing; a quoted text; or what is between these. */
    private static final Pattern QUOTED_OR_NOT =
            Pattern.compile(
                    "--\\s[^\\n]*\\n?|#[^\\n]*\\n?|/\\*(?:[^*]|\\*(?!/))*+(?:\\*/)?"
                            + "|'(?:[^'\\\\]|\\\\.)*+'?|\"(?:[^\"\\\\]|\\\\.)*+\"?|`[^`]*+`?"
                            + "|[^'\"`#/-]++|.",
                    Pattern.DOTALL);

    private DumpScript() {}

    /** What makes an object, under the session it needs. */
    public record Step(DdlSession session, List<String> sql) {}

    public static String database(Schema schema) {
        return "CREATE DATABASE IF NOT EXISTS "
                + Names.quote(schema.name())
                + " DEFAULT CHARACTER SET "
                + schema.charset()
                + " COLLATE "
                + schema.collation()
                + ";\n";
    }

    /** A table with all its indexes and foreign keys, whose parents need not be there yet. */
    public static String table(Table table) {
        List<String> all = new ArrayList<>(List.of(UTF8));
        all.addAll(DdlSession.lenient().statements());
        all.addAll(Ddl.create(table));
        return String.join(";\n", all) + ";\n";
    }

    /**
     * Views, routines, triggers and events, whose bodies hold semicolons. The mysql client is told
     * another delimiter inside of a comment, which a server and myloader pass over; myloader ends a
     * statement at each line that ends in a semicolon, so that such lines get a space behind it.
     * The delimiter is of semicolons, for a server takes those off the end of what myloader sends.
     */
    public static String objects(List<Step> steps) {
        String delimiter = ";;";
        while (contains(steps, delimiter)) {
            delimiter += ";";
        }
        String end = " " + delimiter + "\n";
        StringBuilder out = new StringBuilder();
        out.append("/*!99999 \\d ").append(delimiter).append(" */ ").append(UTF8).append(end);
        for (Step step : steps) {
            step.session().statements().forEach(s -> out.append(s).append(end));
            boolean escapes =
                    !step.session().statements().toString().contains("NO_BACKSLASH_ESCAPES");
            step.sql().forEach(s -> out.append(spaced(s, escapes)).append(end));
        }
        return out.append("/*!99999 \\d ; */ ").append(UTF8).append(";\n").toString();
    }

    private static boolean contains(List<Step> steps, String delimiter) {
        return steps.stream().anyMatch(s -> String.join("\n", s.sql()).contains(delimiter));
    }

    /** In a string a space would be another text; there the line break is written as an escape. */
    private static String spaced(String sql, boolean escapes) {
        Matcher parts = QUOTED_OR_NOT.matcher(sql);
        StringBuilder out = new StringBuilder();
        while (parts.find()) {
            String part = parts.group();
            out.append(
                    switch (part.charAt(0)) {
                        case '\'' -> escapes ? part.replace(";\n", ";\\n") : part;
                        case '"', '`' -> part;
                        default -> part.replace(";\n", "; \n");
                    });
        }
        return out.toString();
    }
}
