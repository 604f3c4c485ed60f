package io.bactrian.sync;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What one transaction found to be done in another. */
final class Agenda {
    /** Origin of log rows that no application wrote: the sides were found to differ. */
    static final String SETUP = "setup";

    /** Work in a transaction of its own. */
    @FunctionalInterface
    interface Work {
        void run(Crossing crossing) throws SQLException;
    }

    /**
     * @param on the side that is written
     */
    record Item(Side on, Work work) {}

    private final List<Item> items = new ArrayList<>();

    void add(Side on, Work work) {
        items.add(new Item(on, work));
    }

    List<Item> items() {
        return List.copyOf(items);
    }
}
