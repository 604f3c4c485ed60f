package io.bactrian.state;

import io.bactrian.error.ReplicationException;
import io.bactrian.error.ReplicationException.Kind;

/** Why something failed, as every door shows it. */
public record Failure(Kind kind, String object, String message, String hint) {
    private static final String OURS = "bactrian";
    private static final String MEMORY = "memory";

    /** What went wrong, from the outermost of our own errors if there is one: routes wrap them. */
    public static Failure of(Throwable thrown) {
        ReplicationException known = known(thrown);
        if (known != null) {
            return new Failure(known.kind(), known.object(), known.getMessage(), known.hint());
        }
        if (thrown instanceof OutOfMemoryError) {
            return new Failure(
                    Kind.DATA,
                    MEMORY,
                    "the heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MB is full",
                    "allow more in BACTRIAN_JAVA_OPTS, for example -Xmx512m");
        }
        return new Failure(
                Kind.DATA,
                OURS,
                "unexpected " + thrown.getClass().getSimpleName() + ": " + thrown.getMessage(),
                "this is a mistake in Bactrian; --verbose shows where it is");
    }

    /** Whether this program is to blame, or the memory it was given; not what it was asked for. */
    public boolean causedHere() {
        return object.equals(OURS) || object.equals(MEMORY);
    }

    /** 2 for what was typed or configured, else 1. */
    public static int exitCode(Throwable thrown) {
        ReplicationException known = known(thrown);
        return known == null ? 1 : known.exitCode();
    }

    /** The outermost of our own errors; null if there is none. */
    public static ReplicationException known(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof ReplicationException ours) {
                return ours;
            }
        }
        return null;
    }
}
