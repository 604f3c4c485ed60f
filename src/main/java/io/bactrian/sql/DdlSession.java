package io.bactrian.sql;

import io.bactrian.schema.StoredObject;
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

    /**
     * For a view, routine, trigger or event: what it was made under, which decides what it means.
     */
    public static DdlSession object(StoredObject object) {
        Map<String, Object> variables = new LinkedHashMap<>();
        put(variables, "sql_mode", object.sqlMode());
        put(variables, "character_set_client", clientCharset(object));
        put(variables, "collation_connection", object.collation());
        put(variables, "time_zone", object.timeZone());
        return new DdlSession(variables);
    }

    /**
     * The driver sends UTF-8; a text in another character set may only be said to be that where the
     * bytes are the same.
     */
    private static String clientCharset(StoredObject object) {
        boolean ascii = object.create().chars().allMatch(c -> c < 128);
        return ascii || object.clientCharset().startsWith("utf8")
                ? object.clientCharset()
                : "utf8mb4";
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
