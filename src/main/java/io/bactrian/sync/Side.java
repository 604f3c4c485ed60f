package io.bactrian.sync;

/** One of the two databases of a pair. */
public enum Side {
    LOCAL,
    REMOTE;

    public Side other() {
        return this == LOCAL ? REMOTE : LOCAL;
    }
}
