package io.bactrian.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final Progress progress = new Progress();

    @Test
    void manyThreadsCountWithoutLoss() {
        progress.begin("data", 1000, 10_000);
        progress.table("orders");
        IntStream.range(0, 1000).parallel().forEach(i -> progress.add(1, 10));

        Progress.Status status = progress.status();
        assertThat(status.rows()).isEqualTo(1000);
        assertThat(status.bytes()).isEqualTo(10_000);
        assertThat(status.stage()).isEqualTo("data");
        assertThat(status.table()).isEqualTo("orders");
    }

    @Test
    void theNextStageCountsFromZero() {
        progress.begin("data", 5, 50);
        progress.add(5, 50);
        progress.begin("verify", 7, 0);
        progress.expect(8, 80);

        Progress.Status status = progress.status();
        assertThat(status.rows()).isZero();
        assertThat(status.expectedRows()).isEqualTo(8);
        assertThat(status.expectedBytes()).isEqualTo(80);
    }

    @Test
    void stagesAreKeptInTheirOrder() {
        progress.begin("data", 5, 50);
        progress.add(5, 50);
        progress.begin("verify", 7, 0);
        progress.add(3, 0);

        assertThat(progress.stages())
                .extracting(Progress.Status::stage, Progress.Status::rows)
                .containsExactly(tuple("data", 5L), tuple("verify", 3L));
    }

    @Test
    void beforeTheFirstStageThereIsNothing() {
        assertThat(progress.stages()).isEmpty();
        assertThat(progress.status().stage()).isEmpty();
    }
}
