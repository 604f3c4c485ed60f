package io.bactrian.route;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * A value that takes time to look up, and the failure to do so, kept a moment for all who ask. One
 * of them looks, so that a server that does not answer is not waited for by every thread.
 */
final class Cached<T> {
    private final Supplier<T> look;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Found<T> last;

    private record Found<T>(T value, RuntimeException failure, long at) {
        boolean isYoungerThan(Duration age) {
            return System.nanoTime() - at < age.toNanos();
        }

        T get() {
            if (failure != null) {
                throw failure;
            }
            return value;
        }
    }

    Cached(Supplier<T> look) {
        this.look = look;
    }

    /**
     * The value, no older than that unless somebody is just looking.
     *
     * @throws RuntimeException the failure of the last look
     */
    T get(Duration age) {
        Found<T> found = last;
        if (found != null && found.isYoungerThan(age)) {
            return found.get();
        }
        try {
            // whoever has something to show does not wait
            if (!looking.tryLock(found == null ? 60 : 0, TimeUnit.SECONDS)) {
                return found == null ? get(age) : found.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        try {
            if (last == null || !last.isYoungerThan(age)) {
                last = look();
            }
            return last.get();
        } finally {
            looking.unlock();
        }
    }

    private Found<T> look() {
        try {
            return new Found<>(look.get(), null, System.nanoTime());
        } catch (RuntimeException e) {
            return new Found<>(null, e, System.nanoTime());
        }
    }
}
