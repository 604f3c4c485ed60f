package io.bactrian.sql;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a session must be set to for a statement about structure to mean what its source means.
 *
 * @param variables session variable to value, in the order they are set
 */
public record DdlSession(Map<String, Object> variables) {
    /**
     * Rows are converted strictly, yet a zero date may stay what it is, and no engine is put in
     * place of another. With constraints off, FKs are not checked against rows: that is for the
     * step that writes them.
     */
    private static final String STRICT =
            "STRICT_TRANS_TABLES,ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION";

    private static final String LENIENT =
            "ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION";

    public DdlSession {
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
    }

    /** For statements about tables. */
    public static DdlSession strict() {
        return tables(STRICT);
    }

    /** For statements about tables that are known to lose data: what does not fit is cut. */
    public static DdlSession lenient() {
        return tables(LENIENT);
    }

    private static DdlSession tables(String sqlMode) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("sql_mode", sqlMode);
        variables.put("foreign_key_checks", 0);
        variables.put("time_zone", "+00:00");
        return new DdlSession(variables);
    }

    /** For a view, routine, trigger or event. Null values are left as the session has them. */
    public static DdlSession object(
            String sqlMode, String clientCharset, String collation, String timeZone) {
        Map<String, Object> variables = new LinkedHashMap<>();
        put(variables, "sql_mode", sqlMode);
        put(variables, "character_set_client", clientCharset);
        put(variables, "collation_connection", collation);
        put(variables, "time_zone", timeZone);
        return new DdlSession(variables);
    }

    private static void put(Map<String, Object> variables, String name, String value) {
        if (value != null) {
            variables.put(name, value);
        }
    }

    /** The SET statements a person would type. */
    public List<String> statements() {
        return variables.entrySet().stream()
                .map(
                        e ->
                                "SET SESSION "
                                        + e.getKey()
                                        + " = "
                                        + (e.getValue() instanceof Number n
                                                ? n.toString()
                                                : Names.literal(e.getValue().toString())))
                .toList();
    }
}
