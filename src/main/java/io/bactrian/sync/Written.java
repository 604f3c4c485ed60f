package io.bactrian.sync;

/** Rows written on one side. */
public record Written(long inserted, long updated, long deleted) {
    static final Written NOTHING = new Written(0, 0, 0);

    public Written plus(Written other) {
        return new Written(
                inserted + other.inserted, updated + other.updated, deleted + other.deleted);
    }

    public long rows() {
        return inserted + updated + deleted;
    }
}
