package io.bactrian.sql;

import io.bactrian.schema.StoredObject;

/**
 * The user's own triggers, which would fire a second time on a row that is carried over: with a
 * guard around them they do not.
 */
public final class GuardedTriggers {
    private static final String ROW = " FOR EACH ROW ";
    private static final String GUARD = "IF @bactrian_origin IS NULL THEN\n";

    private GuardedTriggers() {}

    public static boolean isGuarded(StoredObject trigger) {
        return trigger.create().contains(ROW + GUARD);
    }

    /** The trigger with a guard around its body. */
    public static StoredObject guarded(StoredObject trigger) {
        int body = trigger.create().indexOf(ROW) + ROW.length();
        return new StoredObject(
                trigger.type(),
                trigger.name(),
                trigger.definer(),
                trigger.create().substring(0, body)
                        + GUARD
                        + trigger.create().substring(body)
                        + ";\nEND IF",
                trigger.sqlMode(),
                trigger.clientCharset(),
                trigger.collation(),
                trigger.timeZone(),
                trigger.trigger());
    }
}
