package io.bactrian.route;

import java.util.Comparator;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fixed pool that serves its submitters in turn. Each table submits its chunks from a thread of
 * its own, so that loads spread over the tables in hand: streams into one table wait for each
 * other's page splits.
 */
final class FairPool extends ThreadPoolExecutor {
    private final AtomicLong submitted = new AtomicLong();
    private final AtomicLong now = new AtomicLong();
    private final ThreadLocal<Long> next = ThreadLocal.withInitial(() -> 0L);

    FairPool(int threads) {
        super(threads, threads, 0, TimeUnit.SECONDS, new PriorityBlockingQueue<>(64, Turn.ORDER));
    }

    /** A task and its place in the order: what its submitter put in before counts against it. */
    private record Turn(Runnable task, long turn, long number) implements Runnable {
        static final Comparator<Runnable> ORDER =
                Comparator.<Runnable>comparingLong(t -> ((Turn) t).turn())
                        .thenComparingLong(t -> ((Turn) t).number());

        @Override
        public void run() {
            task.run();
        }
    }

    /** Who comes new begins at the turn being served, not at the first. */
    @Override
    public void execute(Runnable task) {
        long turn = Math.max(next.get(), now.get());
        next.set(turn + 1);
        super.execute(new Turn(task, turn, submitted.getAndIncrement()));
    }

    @Override
    protected void beforeExecute(Thread thread, Runnable task) {
        now.accumulateAndGet(((Turn) task).turn(), Math::max);
    }
}
