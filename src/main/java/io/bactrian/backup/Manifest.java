package io.bactrian.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.bactrian.config.BackupSettings.Compression;
import io.bactrian.config.TableFilter;
import io.bactrian.error.BackupException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Schema;
import io.bactrian.schema.ServerKind;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.CreateTableParser;
import io.bactrian.sql.Dialect;
import io.bactrian.sql.Digest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a backup holds: {@code manifest.json}. Its own checksum stands in {@code SHA256SUMS} beside
 * those of the files it names.
 *
 * @param format of the folder; 1
 * @param id name of the backup and of its folder
 * @param scope which tables it is about; others it knows nothing of
 * @param moment what the rows are a picture of, in words
 */
public record Manifest(
        int format,
        String id,
        Origin origin,
        Reason reason,
        String runId,
        Instant startedAt,
        Instant finishedAt,
        Compression compression,
        TableFilter scope,
        String moment,
        String charset,
        String collation,
        List<SavedTable> tables,
        List<StoredObject> objects,
        List<SavedFile> files) {

    /** The format written by this version, and the only one it reads. */
    public static final int FORMAT = 1;

    /** Why a backup was made. */
    public enum Reason {
        /** Somebody asked for it. */
        REQUEST,
        /** A run was about to change what it holds. */
        BEFORE_CHANGE
    }

    /**
     * Where it is from.
     *
     * @param name of the database in the settings
     * @param database its schema
     * @param server the server's uuid
     * @param version of the server
     */
    public record Origin(String name, String database, String server, String version) {
        public Origin {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(database, "database");
            Objects.requireNonNull(server, "server");
            Objects.requireNonNull(version, "version");
        }
    }

    /**
     * A file of the backup.
     *
     * @param bytes on the disk
     * @param sha256 of the bytes on the disk, 64 hex digits
     */
    public record SavedFile(String file, long bytes, String sha256) {
        public SavedFile {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(sha256, "sha256");
        }
    }

    /**
     * One table.
     *
     * @param create as SHOW CREATE TABLE prints it
     * @param rowsOf which of its rows are saved
     * @param parts its rows, none for an empty table
     */
    public record SavedTable(
            String table, String create, TableStats stats, RowsOf rowsOf, List<SavedPart> parts) {
        public SavedTable {
            Objects.requireNonNull(table, "table");
            Objects.requireNonNull(create, "create");
            Objects.requireNonNull(stats, "stats");
            Objects.requireNonNull(rowsOf, "rows_of");
            parts = List.copyOf(parts);
        }

        /**
         * @throws BackupException if its text is not of a table of its name
         */
        private Table parsed(ServerKind server) {
            try {
                Table parsed = CreateTableParser.parse(server, create);
                if (parsed.name().equals(table)) {
                    return parsed;
                }
            } catch (IllegalArgumentException e) {
                throw notOfIt(e);
            }
            throw notOfIt(null);
        }

        private BackupException notOfIt(Exception cause) {
            return new BackupException(
                    table,
                    "has a structure in the manifest that is none of that table",
                    "use another backup: `bactrian backup list`",
                    cause);
        }

        public long rows() {
            return parts.stream().mapToLong(SavedPart::rows).sum();
        }

        /** Size as text, before compression. */
        public long bytes() {
            return parts.stream().mapToLong(SavedPart::bytes).sum();
        }
    }

    /** Which rows of a table a backup has. */
    public enum RowsOf {
        ALL,
        /** Those of the parts' key ranges: they are about to be written, the others are not. */
        RANGES,
        /** None: only the structure is about to change. */
        NONE
    }

    /**
     * The rows of one key range, in one file.
     *
     * @param rows how many
     * @param bytes of its SQL, before compression
     * @param xor digest of the rows, as {@link Digest} computes it in the server
     * @param sum the same; null for a table with a key
     */
    public record SavedPart(
            String file, Chunk range, long rows, long bytes, String xor, String sum) {
        public SavedPart {
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(range, "range");
            Objects.requireNonNull(xor, "xor");
        }

        public Digest.Rows digest() {
            return new Digest.Rows(rows, xor, sum);
        }
    }

    public Manifest {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(startedAt, "started_at");
        Objects.requireNonNull(finishedAt, "finished_at");
        Objects.requireNonNull(compression, "compression");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(moment, "moment");
        Objects.requireNonNull(charset, "charset");
        Objects.requireNonNull(collation, "collation");
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
        files = List.copyOf(files);
    }

    Manifest with(List<SavedFile> written) {
        return new Manifest(
                format,
                id,
                origin,
                reason,
                runId,
                startedAt,
                finishedAt,
                compression,
                scope,
                moment,
                charset,
                collation,
                tables,
                objects,
                written);
    }

    /** Whether it holds all of the database, so that this can be made again from it alone. */
    @JsonIgnore
    public boolean isWhole() {
        return scope.equals(TableFilter.ALL)
                && tables.stream().allMatch(t -> t.rowsOf() == RowsOf.ALL);
    }

    public long rows() {
        return tables.stream().mapToLong(SavedTable::rows).sum();
    }

    /** Size of all files on the disk. */
    public long bytes() {
        return files.stream().mapToLong(SavedFile::bytes).sum();
    }

    public Optional<SavedTable> table(String name) {
        return tables.stream().filter(t -> t.table().equals(name)).findFirst();
    }

    /**
     * The structure of the tables and views that are wanted with their triggers.
     *
     * @param routines whether routines and events are part of it
     */
    @JsonIgnore
    public Schema schema(Predicate<String> wanted, boolean routines) {
        Map<String, TableStats> stats = new HashMap<>();
        tables.forEach(t -> stats.put(t.table(), t.stats()));
        ServerKind server = Dialect.of(origin.version()).kind();
        return new Schema(
                server,
                origin.database(),
                charset,
                collation,
                tables.stream()
                        .filter(t -> wanted.test(t.table()))
                        .map(t -> t.parsed(server))
                        .toList(),
                stats,
                objects.stream().filter(o -> isWanted(o, wanted, routines)).toList(),
                null);
    }

    private static boolean isWanted(
            StoredObject object, Predicate<String> wanted, boolean routines) {
        return switch (object.type()) {
            case TRIGGER -> wanted.test(object.trigger().table());
            case VIEW -> wanted.test(object.name());
            default -> routines;
        };
    }
}
