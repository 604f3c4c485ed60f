package io.bactrian.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.schema.Chunk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RangesTest {
    private static Chunk range(String after, String upTo) {
        return new Chunk(
                0,
                after == null ? List.of() : List.of(after),
                upTo == null ? List.of() : List.of(upTo),
                10);
    }

    @Test
    void rangesThatFollowOneAnotherBecomeOneWhateverTheirOrder() {
        List<Chunk> ranges =
                new ArrayList<>(
                        List.of(
                                range(null, "a"),
                                range("a", "B"),
                                range("B", "c"),
                                range("x", "y"),
                                range("y", null),
                                range("m", "n")));
        for (int seed = 0; seed < 50; seed++) {
            Collections.shuffle(ranges, new Random(seed));

            List<Chunk> joined = Ranges.joined(ranges);

            assertThat(joined)
                    .extracting(r -> r.after() + " " + r.upTo() + " " + r.rows())
                    .containsExactlyInAnyOrder("[] [c] 30", "[x] [] 20", "[m] [n] 10");
            assertThat(joined).extracting(Chunk::number).containsExactly(0, 1, 2);
        }
    }

    @Test
    void aWholeTableStaysWhole() {
        assertThat(Ranges.joined(List.of(Chunk.whole(7)))).containsExactly(Chunk.whole(7));
        assertThat(Ranges.joined(List.of())).isEmpty();
    }
}
