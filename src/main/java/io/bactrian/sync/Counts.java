package io.bactrian.sync;

/**
 * What became of changed rows.
 *
 * @param conflicts rows that both sides changed, whatever became of them
 * @param parked of these, those that wait for a decision
 * @param deferred rows that somebody else was at, left to the next pass
 * @param waiting rows that cannot go before another has gone
 * @param held rows that may not be written in this direction
 * @param errors rows that the other side refused; the log has the reason
 */
public record Counts(
        Written localToRemote,
        Written remoteToLocal,
        long conflicts,
        long parked,
        long deferred,
        long waiting,
        long held,
        long errors) {
    public static final Counts NOTHING =
            new Counts(Written.NOTHING, Written.NOTHING, 0, 0, 0, 0, 0, 0);

    /** One row, or batch of rows, that could not be carried over. */
    public static final Counts ERROR =
            new Counts(Written.NOTHING, Written.NOTHING, 0, 0, 0, 0, 0, 1);

    public Counts plus(Counts other) {
        return new Counts(
                localToRemote.plus(other.localToRemote),
                remoteToLocal.plus(other.remoteToLocal),
                conflicts + other.conflicts,
                parked + other.parked,
                deferred + other.deferred,
                waiting + other.waiting,
                held + other.held,
                errors + other.errors);
    }

    /** Rows written on either side. */
    public long synced() {
        return localToRemote.rows() + remoteToLocal.rows();
    }
}
