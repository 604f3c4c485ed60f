package io.bactrian.state;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How far the run in hand is. Steps count, from as many threads as they like; bar, JSON and HTTP
 * read. Stages follow one another, each counts from zero.
 */
public final class Progress {
    private final List<Status> ended = new ArrayList<>();
    private volatile Stage stage = new Stage("", 0, 0);

    private static final class Stage {
        final String name;
        final long start = System.nanoTime();
        final AtomicLong expectedRows;
        final AtomicLong expectedBytes;
        final LongAdder rows = new LongAdder();
        final LongAdder bytes = new LongAdder();
        volatile String table = "";

        Stage(String name, long expectedRows, long expectedBytes) {
            this.name = name;
            this.expectedRows = new AtomicLong(expectedRows);
            this.expectedBytes = new AtomicLong(expectedBytes);
        }
    }

    /**
     * A moment of a stage.
     *
     * @param stage empty before the first
     * @param table the one begun last, or empty
     * @param expectedRows estimate, 0 if unknown
     * @param expectedBytes estimate, 0 if unknown
     * @param seconds since the stage began
     */
    public record Status(
            String stage,
            String table,
            long rows,
            long bytes,
            long expectedRows,
            long expectedBytes,
            double seconds) {}

    /** Begins the next stage. Expectations are estimates; 0 is unknown. */
    public synchronized void begin(String name, long expectedRows, long expectedBytes) {
        if (!stage.name.isEmpty()) {
            ended.add(status());
        }
        stage = new Stage(name, expectedRows, expectedBytes);
    }

    /** Corrects what the stage in hand is expected to come to. */
    public void expect(long rows, long bytes) {
        Stage now = stage;
        now.expectedRows.set(rows);
        now.expectedBytes.set(bytes);
    }

    public void table(String name) {
        stage.table = name;
    }

    /** Counts what was finished since the last call. */
    public void add(long rows, long bytes) {
        Stage now = stage;
        now.rows.add(rows);
        now.bytes.add(bytes);
    }

    /** The stages so far, the one in hand last. */
    public synchronized List<Status> stages() {
        List<Status> all = new ArrayList<>(ended);
        if (!stage.name.isEmpty()) {
            all.add(status());
        }
        return all;
    }

    public Status status() {
        Stage now = stage;
        return new Status(
                now.name,
                now.table,
                now.rows.sum(),
                now.bytes.sum(),
                now.expectedRows.get(),
                now.expectedBytes.get(),
                (System.nanoTime() - now.start) / 1e9);
    }
}
