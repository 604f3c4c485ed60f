package io.bactrian.error;

/** Rows cannot be read, written or proven equal. */
public final class DataException extends ReplicationException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    /**
     * @param passing whether the same call may succeed a moment later
     */
    public DataException(
            String object, String message, String hint, boolean passing, Throwable cause) {
        super(object, message, hint, cause);
        this.passing = passing;
    }

    public DataException(String object, String message, String hint) {
        this(object, message, hint, false, null);
    }

    @Override
    public Kind kind() {
        return Kind.DATA;
    }

    @Override
    public boolean isTransient() {
        return passing;
    }
}
