package io.bactrian.law;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Laws Y1 to Y8 on random changes of random tables: both sides change, rounds run, some of them one
 * way only or cut off, and in the end both hold the same, and nothing was lost that a conflict does
 * not hold. {@code -Dbactrian.model.cases=N} runs more of each shape, {@code
 * -Dbactrian.model.seed=S} another series; a failed case names its own, and {@code
 * -Dbactrian.model.only=S} runs it alone.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyncModelIT {
    private static final int CASES = Integer.getInteger("bactrian.model.cases", 20);
    private static final long SEED = Long.getLong("bactrian.model.seed", 20_260_725L);
    private static final Long ONLY = Long.getLong("bactrian.model.only");
    private static final int MOST_FAILURES = 3;

    private final Map<ModelShape, Duo> duos = new EnumMap<>(ModelShape.class);

    @AfterAll
    void close() {
        duos.values().forEach(Duo::close);
    }

    @ParameterizedTest
    @EnumSource
    void endsEqualAndLosesNothing(ModelShape shape) throws Exception {
        Duo duo =
                duos.computeIfAbsent(
                        shape, s -> Duo.of("model_" + s.name().toLowerCase(), s.ddl()));
        Random seeds = new Random(SEED + shape.ordinal());
        List<AssertionError> failures = new ArrayList<>();
        int cases = ONLY == null ? CASES : 1;
        for (int i = 0; i < cases && failures.size() < MOST_FAILURES; i++) {
            long seed = ONLY == null ? seeds.nextInt(1_000_000_000) : ONLY;
            try {
                new ModelCase(duo, shape, seed, null).run();
            } catch (AssertionError e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            failures.stream().skip(1).forEach(failures.get(0)::addSuppressed);
            throw failures.get(0);
        }
    }
}
