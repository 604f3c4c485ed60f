package io.bactrian.sync;

import java.util.EnumMap;
import java.util.Map;

/** Counts while a batch is at work. */
final class Tally {
    /** What is counted beside written rows. */
    enum Of {
        CONFLICT,
        PARKED,
        DEFERRED,
        WAITING,
        HELD,
        ERROR
    }

    private final Map<Side, Written> written = new EnumMap<>(Side.class);
    private final Map<Of, Long> counts = new EnumMap<>(Of.class);

    void inserted(Side on, long rows) {
        written.merge(on, new Written(rows, 0, 0), Written::plus);
    }

    void updated(Side on, long rows) {
        written.merge(on, new Written(0, rows, 0), Written::plus);
    }

    void deleted(Side on, long rows) {
        written.merge(on, new Written(0, 0, rows), Written::plus);
    }

    /** One row that has become what the other side has. */
    void written(Side on, KeyState before) {
        if (before.there() == null) {
            deleted(on, 1);
        } else if (before.here() == null) {
            inserted(on, 1);
        } else {
            updated(on, 1);
        }
    }

    void add(Of what) {
        counts.merge(what, 1L, Long::sum);
    }

    Counts counts() {
        return new Counts(
                written.getOrDefault(Side.REMOTE, Written.NOTHING),
                written.getOrDefault(Side.LOCAL, Written.NOTHING),
                of(Of.CONFLICT),
                of(Of.PARKED),
                of(Of.DEFERRED),
                of(Of.WAITING),
                of(Of.HELD),
                of(Of.ERROR));
    }

    private long of(Of what) {
        return counts.getOrDefault(what, 0L);
    }
}
