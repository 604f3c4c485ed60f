package io.bactrian.verify;

import io.bactrian.error.DataException;
import io.bactrian.sql.Database;
import io.bactrian.sql.Reader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The same question's answers from both sides. */
record Both<T>(T source, T target) {

    /** Asks both at once: the source in {@code sourceThread}, the target in the caller's. */
    static <T> Both<T> ask(
            String table,
            Reader source,
            Reader target,
            Executor sourceThread,
            Database.Work<T> work) {
        CompletableFuture<T> there =
                CompletableFuture.supplyAsync(() -> source.read(table, work), sourceThread);
        try {
            T here = target.read(table, work);
            return new Both<>(there.join(), here);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new DataException(table, String.valueOf(e.getCause()), "", false, e);
        }
    }
}
