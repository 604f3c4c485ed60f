package io.bactrian.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.error.ReplicationException.Kind;
import io.bactrian.state.BackupHistory.Event;
import io.bactrian.state.BackupHistory.Work;
import io.bactrian.state.Run.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupHistoryTest {
    @TempDir Path dir;

    @Test
    void aLineTellsWhatWasDone() throws IOException {
        BackupHistory history = new BackupHistory(dir.resolve("logs"));
        history.done(Event.CREATED, "b", "r", "local", new Work(10L, 100L, 1.5));

        String line = Files.readString(dir.resolve("logs/backup_history.log"));
        assertThat(line.replaceFirst("\"at\":\"[^\"]+\"", "\"at\":now"))
                .isEqualTo(
                        "{\"at\":now,\"event\":\"created\",\"backup_id\":\"b\",\"run_id\":\"r\","
                                + "\"database\":\"local\",\"rows\":10,\"bytes\":100,\"seconds\":1.5,"
                                + "\"result\":\"ok\",\"reason\":null}\n");
    }

    @Test
    void whatFailedAndWhatWasPrunedHasAReason() {
        BackupHistory history = new BackupHistory(dir);
        Failure failure = new Failure(Kind.BACKUP, "rows.sql", "is missing", "");
        history.failed(Event.VERIFIED, "b", "r", "local", Work.UNKNOWN, failure);
        history.pruned("b", "r", "local", 100, "older than 30 days");

        assertThat(history.events())
                .extracting(BackupHistory.Line::result)
                .containsExactly(Result.FAILED, Result.OK);
        assertThat(history.events())
                .extracting(BackupHistory.Line::reason)
                .containsExactly("rows.sql: is missing", "older than 30 days");
    }
}
