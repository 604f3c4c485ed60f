package io.bactrian.verify;

import io.bactrian.error.DataException;
import io.bactrian.schema.Table;
import io.bactrian.sql.Digest;
import io.bactrian.sql.Reader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** The same question's answers from both sides. */
record Both<T>(T source, T target) {

    /** What is asked; each side digests the rows as the table is read there. */
    @FunctionalInterface
    interface Question<T> {
        T ask(Connection session, Digest digest) throws SQLException;
    }

    /** Asks both at once: the source in {@code sourceThread}, the target in the caller's. */
    static <T> Both<T> ask(
            Table table,
            Reader source,
            Reader target,
            Executor sourceThread,
            Question<T> question) {
        Digest sourceDigest = new Digest(table);
        Digest targetDigest = new Digest(table.stored());
        CompletableFuture<T> there =
                CompletableFuture.supplyAsync(
                        () -> source.read(table.name(), c -> question.ask(c, sourceDigest)),
                        sourceThread);
        try {
            T here = target.read(table.name(), c -> question.ask(c, targetDigest));
            return new Both<>(there.join(), here);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new DataException(table.name(), String.valueOf(e.getCause()), "", false, e);
        }
    }
}
