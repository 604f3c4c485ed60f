package io.bactrian.error;

/** A backup cannot be written, read or trusted. */
public final class BackupException extends ReplicationException {
    private static final long serialVersionUID = 1L;

    public BackupException(String object, String message, String hint, Throwable cause) {
        super(object, message, hint, cause);
    }

    public BackupException(String object, String message, String hint) {
        this(object, message, hint, null);
    }

    @Override
    public Kind kind() {
        return Kind.BACKUP;
    }
}
