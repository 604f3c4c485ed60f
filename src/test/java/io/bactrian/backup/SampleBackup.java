package io.bactrian.backup;

import io.bactrian.backup.Manifest.Origin;
import io.bactrian.backup.Manifest.Reason;
import io.bactrian.backup.Manifest.RowsOf;
import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.TableFilter;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.TableStats;
import io.bactrian.state.RunId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Small backups, of one table with two rows, written without a server. */
public final class SampleBackup {
    /** The file with the rows. */
    public static final String ROWS = "shop.t.00000.sql";

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private SampleBackup() {}

    /** Writes a whole one. */
    public static Backup write(Path store, String id) {
        return write(store, id, "shop", true);
    }

    /** Writes one of a schema. */
    public static Backup write(Path store, String id, String schema, boolean whole) {
        try (Draft draft = begin(store, id)) {
            String rows = "INSERT INTO `t` (`id`) VALUES\n(1),\n(2);\n";
            draft.write(
                    ROWS,
                    Compression.NONE,
                    out -> {
                        out.write(rows.getBytes(StandardCharsets.UTF_8));
                        return null;
                    });
            return draft.finish(manifest(id, schema, whole));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Begins one, and leaves it to be closed. */
    public static Draft begin(Path store, String id) {
        return new Backups(store).begin(id, 0);
    }

    static Manifest manifest(String id, String schema, boolean whole) {
        SavedPart rows = new SavedPart(ROWS, Chunk.whole(2), 2, 42, "00", null);
        return new Manifest(
                Manifest.FORMAT,
                id,
                new Origin("local", schema, "uuid", "8.0.33"),
                Reason.REQUEST,
                id,
                RunId.start(id).orElse(START),
                START.plusSeconds(1),
                Compression.NONE,
                whole ? TableFilter.ALL : new TableFilter(List.of("t")),
                "one moment",
                "utf8mb4",
                "utf8mb4_0900_ai_ci",
                List.of(
                        new SavedTable(
                                "t",
                                "CREATE TABLE `t` (\n  `id` int NOT NULL,\n  PRIMARY KEY (`id`)\n)"
                                        + " ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_0900_ai_ci",
                                new TableStats("InnoDB", 2, 16_384, 0, 8),
                                RowsOf.ALL,
                                List.of(rows))),
                List.of(),
                List.of());
    }
}
