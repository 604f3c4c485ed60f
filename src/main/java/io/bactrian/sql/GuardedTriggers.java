package io.bactrian.sql;

import io.bactrian.schema.StoredObject;

/**
 * The user's own triggers, which would fire a second time on a row that is carried over: with a
 * guard around them they do not.
 */
public final class GuardedTriggers {
    private static final String GUARD = "IF @bactrian_origin IS NULL THEN\n";

    private GuardedTriggers() {}

    public static boolean isGuarded(StoredObject trigger) {
        return trigger.create().startsWith(head(trigger) + GUARD);
    }

    /** The trigger with a guard around its body. */
    public static StoredObject guarded(StoredObject trigger) {
        int body = head(trigger).length();
        return new StoredObject(
                trigger.type(),
                trigger.name(),
                trigger.definer(),
                trigger.create().substring(0, body)
                        + GUARD
                        + trigger.create().substring(body)
                        // in a line of its own, as the body may end in a comment
                        + "\n;\nEND IF",
                trigger.sqlMode(),
                trigger.clientCharset(),
                trigger.collation(),
                trigger.timeZone(),
                trigger.trigger());
    }

    /** What stands before the body, as {@link StoredObjectReader} gives it. */
    private static String head(StoredObject trigger) {
        return "CREATE "
                + StoredObjectReader.head(
                        trigger.name(), trigger.trigger().moment(), trigger.trigger().table());
    }
}
