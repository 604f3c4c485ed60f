package io.bactrian.error;

/** A setting, option or argument is unknown, impossible or missing. */
public final class ConfigException extends ReplicationException {
    private static final long serialVersionUID = 1L;

    public ConfigException(String object, String message, String hint, Throwable cause) {
        super(object, message, hint, cause);
    }

    public ConfigException(String object, String message, String hint) {
        this(object, message, hint, null);
    }

    @Override
    public Kind kind() {
        return Kind.CONFIGURATION;
    }
}
