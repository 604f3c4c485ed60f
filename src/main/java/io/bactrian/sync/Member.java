package io.bactrian.sync;

import io.bactrian.sql.SyncRows;

/** A row of a table, among others that it has to do with. */
record Member(SyncRows rows, KeyState key) {
    String name() {
        return rows.table().name() + " " + key.stored();
    }
}
