package io.bactrian.sync;

import io.bactrian.schema.Table;

/**
 * A table of the pair.
 *
 * @param paused why it does not sync, or null if it does
 * @param remedy what mends that, a statement or a command; or null
 * @param mendable whether setup does without being asked what there is to do
 */
public record SyncTable(Table table, String paused, String remedy, boolean mendable) {
    static SyncTable ready(Table table) {
        return new SyncTable(table, null, null, false);
    }

    static SyncTable paused(Table table, String why, String remedy) {
        return new SyncTable(table, why, remedy, false);
    }

    static SyncTable mendable(Table table, String why) {
        return new SyncTable(table, why, "bactrian sync setup", true);
    }

    public String name() {
        return table.name();
    }

    public boolean syncs() {
        return paused == null;
    }
}
