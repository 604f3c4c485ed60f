package io.bactrian.structure;

/** The parts of a plan, in the order they are done. */
public enum Phase {
    /** Defaults of the database. */
    DATABASE,
    /** Constraints that are not wanted or stand in the way of the tables' changes go. */
    CONSTRAINTS_OFF,
    /**
     * What is only on the target goes, if that was asked for; so does what has the name of another
     * kind of object.
     */
    DROPS,
    /** Tables are made or altered, one statement a table. */
    TABLES,
    FOREIGN_KEYS,
    ROUTINES,
    VIEWS,
    TRIGGERS,
    EVENTS;

    /**
     * Whether the statements of this phase may run at the same time, each being about a table of
     * its own.
     */
    public boolean isParallel() {
        return this == TABLES;
    }
}
