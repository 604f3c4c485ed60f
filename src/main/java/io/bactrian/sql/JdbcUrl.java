package io.bactrian.sql;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.DatabaseSettings.Tls;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/** What Connector/J is told: a URL that holds no secret, and properties. */
final class JdbcUrl {
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    /**
     * {@code NO_BACKSLASH_ESCAPES} and {@code ANSI_QUOTES} would change how our statements are
     * read, strictness would refuse zero dates that the source holds; the writers prove what they
     * wrote instead. {@code lock_wait_timeout} is a year by default. The character sets are the
     * driver's, and those from the limit on the server's defaults: {@code init_connect} and global
     * values set others behind the driver's back, of which the limit leaves out rows without a
     * word, and those about the size and seconds of a query end what reads a large table.
     */
    private static final String SESSION =
            "sql_mode='ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO',time_zone='+00:00',"
                    + "lock_wait_timeout=60,wait_timeout=86400,net_read_timeout=3600,net_write_timeout=3600,"
                    + "character_set_client=utf8mb4,character_set_connection=utf8mb4,character_set_results=NULL,"
                    + "sql_select_limit=18446744073709551615,sql_safe_updates=0,completion_type=0,"
                    + "sql_big_selects=1,sql_auto_is_null=0,sql_quote_show_create=1";

    private JdbcUrl() {}

    static String of(DatabaseSettings settings) {
        String host = settings.host();
        if (host.indexOf(':') >= 0 && !host.startsWith("[")) {
            host = '[' + host + ']';
        }
        return "jdbc:mysql://"
                + host
                + ':'
                + settings.port()
                + '/'
                + URLEncoder.encode(settings.database(), StandardCharsets.UTF_8)
                        .replace("+", "%20");
    }

    static Properties properties(DatabaseSettings settings, Duration timeout) {
        Properties p = new Properties();
        p.setProperty("sslMode", sslMode(settings));
        // without TLS caching_sha2_password wants the server's RSA key; the user said that no TLS
        // is wanted
        p.setProperty(
                "allowPublicKeyRetrieval", Boolean.toString(sslMode(settings).equals("DISABLED")));
        p.setProperty("connectTimeout", Long.toString(Math.max(1, timeout.toMillis())));
        p.setProperty("tcpKeepAlive", "true");
        p.setProperty("characterEncoding", "UTF-8");
        p.setProperty("connectionTimeZone", "UTC");
        p.setProperty("tinyInt1isBit", "false");
        p.setProperty("yearIsDateType", "false");
        // offers the server LOAD DATA LOCAL without letting it ask for files of this machine;
        // RowCopy lets its own streams through
        p.setProperty("allowLoadLocalInfileInPath", "/nonexistent");
        p.setProperty("sessionVariables", SESSION);
        // else the driver adds STRICT_TRANS_TABLES to the sql_mode above
        p.setProperty("jdbcCompliantTruncation", "false");
        // braces in a name are no escapes of JDBC
        p.setProperty("enableEscapeProcessing", "false");
        p.setProperty("maintainTimeStats", "false");
        p.setProperty("elideSetAutoCommits", "true");
        // each would cost round trips: the time is set above, and no session is read-only
        p.setProperty("netTimeoutForStreamingResults", "0");
        p.setProperty("readOnlyPropagatesToServer", "false");
        return p;
    }

    /** The properties for a server that is known by now, some of whose variables only it has. */
    static Properties properties(Dialect dialect, Properties properties) {
        Properties p = new Properties();
        p.putAll(properties);
        p.setProperty("sessionVariables", SESSION + "," + dialect.sessionVariables());
        return p;
    }

    /**
     * TLS costs a third of the copy's speed and protects nothing on the way to one's own machine.
     */
    private static String sslMode(DatabaseSettings settings) {
        boolean loopback = LOOPBACK.contains(settings.host().toLowerCase(Locale.ROOT));
        if (settings.tls() == Tls.PREFERRED && loopback) {
            return Tls.DISABLED.name();
        }
        return settings.tls().name();
    }
}
