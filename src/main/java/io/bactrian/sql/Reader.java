package io.bactrian.sql;

/**
 * Something that rows can be read from: a snapshot's sessions, or one session that sees its own
 * changes.
 */
public interface Reader {
    /** Runs {@code work} in a session and names {@code object} if it fails. */
    <T> T read(String object, Database.Work<T> work);
}
