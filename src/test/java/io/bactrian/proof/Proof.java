package io.bactrian.proof;

import java.util.Random;

/** How long the proof takes, and what its chances depend on. */
final class Proof {
    /**
     * The long form, {@code mvn verify -Pproof}; else the short one of every {@code mvn verify}.
     */
    static final boolean LONG = Boolean.getBoolean("bactrian.proof");

    /** Given again as {@code -Dbactrian.proof.seed}, it gives the same draws. */
    static final long SEED = Long.getLong("bactrian.proof.seed", System.nanoTime() & 0xFF_FFFF);

    static {
        System.out.println("proof: " + (LONG ? "long" : "short") + " form, seed " + SEED);
    }

    private Proof() {}

    static int times(int inShort, int inLong) {
        return LONG ? inLong : inShort;
    }

    /** Draws of one part, which do not depend on the parts before it. */
    static Random random(String part) {
        return new Random(SEED ^ part.hashCode());
    }

    /** Numbers from 0 to 1, in order, one at a random place of each of {@code count} even parts. */
    static double[] spread(Random random, int count) {
        double[] all = new double[count];
        for (int i = 0; i < count; i++) {
            all[i] = (i + random.nextDouble()) / count;
        }
        return all;
    }
}
