package io.bactrian.sync;

import io.bactrian.schema.Table;

/**
 * A table of the pair.
 *
 * @param paused why it does not sync, or null if it does
 * @param remedy what mends that, a statement or a command; or null
 */
public record SyncTable(Table table, String paused, String remedy) {
    public String name() {
        return table.name();
    }

    public boolean syncs() {
        return paused == null;
    }
}
