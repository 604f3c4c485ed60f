package io.bactrian.sql;

import com.mysql.cj.jdbc.ClientPreparedStatement;
import io.bactrian.schema.Table;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Puts rows back that {@link RowDump} wrote, inside the caller's transaction. LOAD DATA LOCAL where
 * the server takes it; where not, and where JSON stands as expressions, the statements as they are.
 */
public final class RowReplay {
    /** Length of INSERT and DELETE with a space: without a verb the driver sees no parameter. */
    private static final int VERB = 7;

    private final Table table;
    private final Database target;
    private final boolean localInfile;
    private final RowLoad load;

    public RowReplay(Table table, Database target) {
        this(table, target, target.server().localInfile());
    }

    /**
     * @param localInfile whether LOAD DATA LOCAL is used, whatever the target would take
     */
    public RowReplay(Table table, Database target, boolean localInfile) {
        this.table = table;
        this.target = target;
        this.localInfile = localInfile;
        this.load = new RowLoad(table);
    }

    /**
     * Writes the rows of one file, after the DELETE of what they replace if there is one.
     *
     * @param sql the file, unpacked
     * @param name of the file, for messages
     * @throws io.bactrian.error.BackupException if the file is not as RowDump writes it; part of
     *     its rows may have been written
     * @throws io.bactrian.error.DataException if a row is not taken
     */
    public RowCopy.Carried file(InputStream sql, String name, Connection writer) {
        DumpFile file = new DumpFile(sql, name, table);
        RowCopy.Carried all = RowCopy.Carried.NOTHING;
        try {
            DumpFile.Part next = file.next();
            while (next != DumpFile.Part.END) {
                boolean plain = next == DumpFile.Part.ROWS && localInfile;
                all =
                        all.plus(
                                plain
                                        ? load.lines(file.lines(), writer)
                                        : execute(file.statement(), writer));
                next = file.next();
            }
            return all;
        } catch (SQLException e) {
            throw target.translate(table.name(), e);
        }
    }

    private RowCopy.Carried execute(DumpFile.Statement statement, Connection writer)
            throws SQLException {
        byte[] sql = statement.sql();
        String verb = new String(sql, 0, VERB, StandardCharsets.US_ASCII);
        try (SessionVariables bytes = SessionVariables.set(writer, binary());
                PreparedStatement s = writer.prepareStatement(verb + "?")) {
            // a String would be encoded; unescaped, the parameter is the rest of the statement
            s.unwrap(ClientPreparedStatement.class)
                    .setBytes(1, Arrays.copyOfRange(sql, VERB, sql.length), false);
            long stored = s.executeLargeUpdate();
            if (statement.rows() == 0) {
                return RowCopy.Carried.NOTHING;
            }
            boolean doubted = Stored.check(s, table, stored, statement.rows());
            return new RowCopy.Carried(stored, sql.length, doubted);
        }
    }

    /** SET NAMES binary, but for results. The rest of the head holds in all sessions. */
    private static Map<String, String> binary() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put("character_set_client", "binary");
        names.put("character_set_connection", "binary");
        names.put("collation_connection", "binary");
        return names;
    }
}
