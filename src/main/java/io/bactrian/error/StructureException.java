package io.bactrian.error;

/** A table, view or other object cannot be read, understood or made equal. */
public final class StructureException extends ReplicationException {
    private static final long serialVersionUID = 1L;

    public StructureException(String object, String message, String hint, Throwable cause) {
        super(object, message, hint, cause);
    }

    public StructureException(String object, String message, String hint) {
        this(object, message, hint, null);
    }

    @Override
    public Kind kind() {
        return Kind.STRUCTURE;
    }
}
