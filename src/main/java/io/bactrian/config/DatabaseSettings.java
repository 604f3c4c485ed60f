package io.bactrian.config;

/**
 * Where one named database is and how to log in.
 *
 * @param name the name commands use: {@code local}, {@code remote}, or one from {@code
 *     bactrian.database.<name>}
 */
public record DatabaseSettings(
        String name,
        String host,
        int port,
        String user,
        String password,
        String database,
        Tls tls) {

    /**
     * How far the connection to a server is protected; names are those of the setting {@code .tls}.
     */
    public enum Tls {
        DISABLED,
        PREFERRED,
        REQUIRED,
        VERIFY_CA,
        VERIFY_IDENTITY
    }

    /** Without the password, so that it may be logged. */
    @Override
    public String toString() {
        return name + "=" + user + "@" + host + ":" + port + "/" + database;
    }
}
