package io.bactrian.error;

import java.util.Objects;

/**
 * A failure of one of the five kinds a reader can mend: settings, connection, structure, data,
 * backup. Each says what it is about, what is wrong and what was wanted, and how to go on. No part
 * of it ever holds a secret.
 */
public abstract sealed class ReplicationException extends RuntimeException
        permits ConfigException,
                ConnectionException,
                StructureException,
                DataException,
                BackupException {
    private static final long serialVersionUID = 1L;

    /** What the reader must mend; the name is the {@code kind} of the JSON error. */
    public enum Kind {
        CONFIGURATION,
        CONNECTION,
        STRUCTURE,
        DATA,
        BACKUP
    }

    private final String object;
    private final String hint;

    protected ReplicationException(String object, String message, String hint, Throwable cause) {
        super(message, cause);
        this.object = Objects.requireNonNull(object);
        this.hint = Objects.requireNonNull(hint);
    }

    public abstract Kind kind();

    /** 2 for what the caller typed or configured, else 1. */
    public int exitCode() {
        return kind() == Kind.CONFIGURATION ? 2 : 1;
    }

    /** The setting, server, table, column or file it is about, as the user names it. */
    public String object() {
        return object;
    }

    /** One sentence on how to go on; empty where there is nothing to add. */
    public String hint() {
        return hint;
    }

    /**
     * Whether the same call may succeed a moment later: a lost connection, a deadlock, a lock wait.
     */
    public boolean isTransient() {
        return false;
    }

    /** The same failure, told with what became of it. */
    public final ReplicationException told(String outcome, String otherHint) {
        String all = getMessage() + "; " + outcome;
        return switch (kind()) {
            case CONFIGURATION -> new ConfigException(object, all, otherHint, this);
            case CONNECTION -> new ConnectionException(object, all, otherHint, false, this);
            case STRUCTURE -> new StructureException(object, all, otherHint, this);
            case DATA -> new DataException(object, all, otherHint, false, this);
            case BACKUP -> new BackupException(object, all, otherHint, this);
        };
    }
}
