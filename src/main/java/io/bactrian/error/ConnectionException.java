package io.bactrian.error;

/** A server cannot be reached, refuses the account, or went away. */
public final class ConnectionException extends ReplicationException {
    private static final long serialVersionUID = 1L;
    private final boolean passing;

    /**
     * @param passing whether the same call may succeed a moment later
     */
    public ConnectionException(
            String object, String message, String hint, boolean passing, Throwable cause) {
        super(object, message, hint, cause);
        this.passing = passing;
    }

    public ConnectionException(String object, String message, String hint) {
        this(object, message, hint, false, null);
    }

    @Override
    public Kind kind() {
        return Kind.CONNECTION;
    }

    @Override
    public boolean isTransient() {
        return passing;
    }
}
