package io.bactrian.sql;

import io.bactrian.error.ConnectionException;
import io.bactrian.error.ReplicationException;
import io.bactrian.error.StructureException;
import java.sql.SQLException;

/** Says what a failed statement about structure means and how to go on. */
public final class DdlErrors {
    private DdlErrors() {}

    /**
     * The error for a failure on {@code object}: of the connection if that is gone, else of the
     * structure.
     */
    public static ReplicationException translate(String object, SQLException cause) {
        String state = cause.getSQLState();
        if (state != null && state.startsWith("08")) {
            return new ConnectionException(
                    object,
                    "the connection was lost: " + cause.getMessage(),
                    "run the command again",
                    true,
                    cause);
        }
        return new StructureException(
                object, cause.getMessage(), hint(cause.getErrorCode()), cause);
    }

    /** Whether the server refused the account that was to be the definer. */
    static boolean isDefinerRefused(SQLException e) {
        return e.getErrorCode() == 1227 || e.getErrorCode() == 1449;
    }

    private static String hint(int code) {
        return switch (code) {
            case 1044 -> "the account lacks a privilege: `bactrian check` prints the GRANT";
            case 1142, 1227, 1370 ->
                    "grant the account what the message names; `bactrian check` prints the GRANT";
            case 1049 -> "create the database, or name another one";
            case 1062 ->
                    "rows on the target are twice under the new key: copy with --mode truncate, or remove one of them";
            case 1048, 1138, 1364, 1265, 1292, 1366, 1406, 1264, 3140, 3819 ->
                    "rows on the target do not fit the new definition: copy with --mode truncate, or mend those rows";
            case 1356 ->
                    "the view names something that is not there: mend or drop it on the source";
            case 1419 ->
                    "SET GLOBAL log_bin_trust_function_creators = 1 on the target, or use an account with SUPER";
            case 1418 ->
                    "SET GLOBAL log_bin_trust_function_creators = 1 on the target, or declare the function DETERMINISTIC";
            case 1114, 1021, 3675 -> "make room on the target's disk and run the command again";
            case 1878 ->
                    "make room in the target's tmpdir, where it sorts indexes, and run the command again";
            case 3750 ->
                    "SET GLOBAL sql_require_primary_key = 0 on the target, or give the table a primary key";
            case 3822, 1826 ->
                    "a table that is only on the target uses this constraint name: drop it with --drop-extra";
            case 3161 ->
                    "take the engine off disabled_storage_engines on the target, or give the table another on the source";
            default -> "mend what the message names, or leave the table out with --tables";
        };
    }
}
