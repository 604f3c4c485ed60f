package io.bactrian.route;

import java.util.List;
import java.util.Map;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.MDC;

/**
 * A pool whose threads log under the run that they work for. Threads outlive a run where many runs
 * share a process, so that what they were born with is not theirs.
 */
final class RunThreads extends AbstractExecutorService {
    private final ExecutorService pool;

    RunThreads(ExecutorService pool) {
        this.pool = pool;
    }

    @Override
    public void execute(Runnable work) {
        Map<String, String> caller = MDC.getCopyOfContextMap();
        pool.execute(
                () -> {
                    Map<String, String> before = MDC.getCopyOfContextMap();
                    set(caller);
                    try {
                        work.run();
                    } finally {
                        set(before);
                    }
                });
    }

    private static void set(Map<String, String> context) {
        if (context == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(context);
        }
    }

    @Override
    public void shutdown() {
        pool.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return pool.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return pool.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return pool.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return pool.awaitTermination(timeout, unit);
    }
}
