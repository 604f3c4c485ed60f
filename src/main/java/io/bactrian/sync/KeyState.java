package io.bactrian.sync;

import io.bactrian.sql.SyncLog.Entry;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One row on both sides, seen from a transaction on the side that may be written ({@code here}).
 *
 * @param id a record id of it
 * @param here its record id as it is stored here, or null if there is no such row
 * @param hereDigest its digest here
 * @param there its record id on the other side, or null
 * @param busy whether somebody else holds it here
 */
record KeyState(
        String id,
        String here,
        String hereDigest,
        String there,
        String thereDigest,
        boolean busy,
        List<Entry> hereLog,
        List<Entry> thereLog) {

    boolean equal() {
        return hereDigest == null ? thereDigest == null : hereDigest.equals(thereDigest);
    }

    boolean isParked() {
        return Stream.concat(hereLog.stream(), thereLog.stream()).anyMatch(Entry::isParked);
    }

    boolean isSettled() {
        return hereLog.isEmpty() && thereLog.isEmpty();
    }

    /** The record id it has where it is. */
    String stored() {
        return here != null ? here : there != null ? there : id;
    }

    static Optional<Entry> first(List<Entry> log) {
        return log.stream().findFirst();
    }

    static double lastChange(List<Entry> log) {
        return log.stream().mapToDouble(Entry::changedAt).max().orElse(0);
    }
}
