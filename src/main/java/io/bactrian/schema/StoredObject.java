package io.bactrian.schema;

import java.util.Objects;
import java.util.Set;

/**
 * A view, routine, trigger or event: everything in a schema that is text and not a table. Names of
 * its own schema are left out of the text, so that it means the same in a schema of another name.
 * What a kind does not have is null.
 *
 * @param definer account as {@code `user`@`host`}
 * @param create the CREATE statement without its DEFINER clause
 * @param sqlMode sql_mode it was created under; null for views
 * @param clientCharset character_set_client it was created under
 * @param collation collation_connection it was created under; it decides what its string literals
 *     are
 * @param timeZone time zone an event's schedule is told in
 * @param trigger table and moment of a trigger
 */
public record StoredObject(
        Type type,
        String name,
        String definer,
        String create,
        String sqlMode,
        String clientCharset,
        String collation,
        String timeZone,
        Trigger trigger) {

    /** In a view's statement the definer stands in front of it. */
    private static final String SECURITY = "SQL SECURITY";

    /** Kinds, in the order they can be created one after the other. */
    public enum Type {
        FUNCTION,
        PROCEDURE,
        VIEW,
        TRIGGER,
        EVENT
    }

    /**
     * When a trigger fires.
     *
     * @param moment {@code BEFORE INSERT} and the like
     * @param order 1 for the first of its table and moment
     */
    public record Trigger(String table, String moment, int order) {
        public Trigger {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(moment, "moment");
        }
    }

    public StoredObject {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(create, "create");
        if (!create.startsWith("CREATE ") || type == Type.VIEW && !create.contains(SECURITY)) {
            throw new IllegalArgumentException("no statement that creates it: " + create);
        }
        Objects.requireNonNull(definer, "definer");
        Objects.requireNonNull(clientCharset, "client_charset");
        Objects.requireNonNull(collation, "collation");
        if (type != Type.VIEW) {
            Objects.requireNonNull(sqlMode, "sql_mode");
        }
        if (type == Type.EVENT) {
            Objects.requireNonNull(timeZone, "time_zone");
        }
        if (type == Type.TRIGGER) {
            Objects.requireNonNull(trigger, "trigger");
        }
    }

    /**
     * Whether this object, wanted on a target with these accounts, is there already as {@code
     * actual}. The definer counts only where the target has the account; the character set the text
     * was sent in and a trigger's place among others do not count.
     *
     * @param accounts accounts of the target as {@code `user`@`host`}, or null if they are not
     *     known
     */
    public boolean isMetBy(StoredObject actual, Set<String> accounts) {
        boolean definerCounts = accounts != null && accounts.contains(definer);
        return type == actual.type
                && name.equals(actual.name)
                && create.equals(actual.create)
                && Objects.equals(sqlMode, actual.sqlMode)
                && Objects.equals(collation, actual.collation)
                && Objects.equals(timeZone, actual.timeZone)
                && (!definerCounts || definer.equals(actual.definer));
    }

    /**
     * The CREATE statement with {@code account} as DEFINER; null makes the creating account the
     * definer.
     */
    public String createAs(String account) {
        if (account == null) {
            return create;
        }
        String before = type == Type.VIEW ? SECURITY : create.substring("CREATE ".length());
        int at = create.indexOf(before);
        return create.substring(0, at) + "DEFINER=" + account + " " + create.substring(at);
    }
}
