package io.bactrian.sql;

import com.mysql.cj.exceptions.CJCommunicationsException;
import com.mysql.cj.exceptions.CJPacketTooBigException;
import com.mysql.cj.jdbc.exceptions.PacketTooBigException;
import io.bactrian.error.ConnectionException;
import io.bactrian.error.DataException;
import io.bactrian.error.ReplicationException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.util.Set;

/**
 * Gives a server's or driver's error its kind, reason and hint. Codes are those of the MySQL error
 * reference.
 */
final class SqlErrors {
    private static final Set<Integer> NO_PRIVILEGE = Set.of(1044, 1142, 1143, 1227, 1370, 1419);
    private static final Set<Integer> GOING_AWAY =
            Set.of(1040, 1053, 1079, 1152, 1158, 1159, 1160, 1161, 1203);
    private static final Set<Integer> DISK_FULL = Set.of(1021, 1026, 1114, 3675);

    private static final String AGAIN = "; then run it again, a copy with --resume";

    private SqlErrors() {}

    static ReplicationException translate(String database, String object, SQLException e) {
        SQLException cause = deepest(e);
        int code = cause.getErrorCode();
        String state = String.valueOf(cause.getSQLState());
        String reason = code > 0 ? "error " + code + ": " + cause.getMessage() : firstLine(cause);
        String check = "run `bactrian check " + database + "`";
        if (code == 1045 || code == 1698 || code == 1130) {
            return new ConnectionException(
                    database, reason, "mend user and password; then " + check, false, e);
        }
        if (code == 1049) {
            return new ConnectionException(
                    database,
                    reason,
                    "create the database, or mend the setting that names it",
                    false,
                    e);
        }
        if (code == 3159) {
            return new ConnectionException(
                    database,
                    reason,
                    "set bactrian.database." + database + ".tls to required or more",
                    false,
                    e);
        }
        if (NO_PRIVILEGE.contains(code)) {
            return new ConnectionException(
                    object, reason, check + ", which prints the GRANT to paste", false, e);
        }
        if (code == 1205 || code == 1213) {
            return new DataException(
                    object, reason, "another session holds locks; run it again", true, e);
        }
        if (DISK_FULL.contains(code) || (code == 1030 && reason.contains("28"))) {
            return new DataException(
                    object, reason, "make room on the disk of " + database + AGAIN, false, e);
        }
        if (code == 1878) {
            return new DataException(
                    object,
                    reason,
                    "make room in the tmpdir of " + database + ", where it sorts indexes" + AGAIN,
                    false,
                    e);
        }
        if (code == 1665) {
            return new DataException(
                    object,
                    reason,
                    "SET PERSIST binlog_format = ROW on " + database + "; then run it again",
                    false,
                    e);
        }
        if (code == 1153 || has(e, PacketTooBigException.class, CJPacketTooBigException.class)) {
            return new DataException(
                    object,
                    "a row is larger than max_allowed_packet: " + reason,
                    "raise max_allowed_packet on both servers" + AGAIN,
                    false,
                    e);
        }
        if (HalfReadTriggers.is(cause)) {
            return new DataException(
                    object,
                    reason,
                    "unless that trigger is wrong, FLUSH TABLES on "
                            + database
                            + ": MariaDB read it for a statement that was killed, and kept what it had read"
                            + AGAIN,
                    false,
                    e);
        }
        if (code == 1412) {
            return new DataException(
                    object,
                    reason,
                    "the table was altered while it was read; run it again",
                    false,
                    e);
        }
        if (has(e, CertificateException.class, CertPathBuilderException.class)) {
            return new ConnectionException(
                    database,
                    "the server's certificate is not accepted: " + root(e).getMessage(),
                    "see that the host is the one that is meant; trust its CA with BACTRIAN_JAVA_OPTS=-Djavax.net.ssl.trustStore=FILE,"
                            + " or ask for less in bactrian.database."
                            + database
                            + ".tls",
                    false,
                    e);
        }
        if (GOING_AWAY.contains(code)
                || state.startsWith("08")
                || has(e, SQLRecoverableException.class, CJCommunicationsException.class)) {
            return new ConnectionException(
                    database,
                    reason,
                    "see that the server runs and can be reached: " + check + AGAIN,
                    true,
                    e);
        }
        return new DataException(object, reason, "mend what the message names" + AGAIN, false, e);
    }

    /** The driver's reader of streamed rows hides the kind of its error in the cause. */
    private static boolean has(SQLException e, Class<?>... kinds) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            for (Class<?> kind : kinds) {
                if (kind.isInstance(t)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The pool wraps the driver's word in its own "not available, request timed out". */
    private static SQLException deepest(SQLException e) {
        SQLException found = e;
        for (Throwable t = e.getCause(); t != null; t = t.getCause()) {
            if (t instanceof SQLException inner && inner.getSQLState() != null) {
                found = inner;
            }
        }
        return found;
    }

    private static String firstLine(SQLException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        Throwable root = root(e);
        return root == e ? message : message + " (" + root.getMessage() + ")";
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
