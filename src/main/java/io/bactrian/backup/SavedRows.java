package io.bactrian.backup;

import io.bactrian.backup.Manifest.SavedPart;
import io.bactrian.backup.Manifest.SavedTable;
import io.bactrian.config.FileErrors;
import io.bactrian.error.BackupException;
import io.bactrian.error.DataException;
import io.bactrian.schema.Chunk;
import io.bactrian.schema.Table;
import io.bactrian.schema.TableStats;
import io.bactrian.sql.Database;
import io.bactrian.sql.Digest;
import io.bactrian.sql.RowCopy;
import io.bactrian.sql.RowReplay;
import io.bactrian.sql.RowSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;

/** The rows that a backup holds. A table of which it has no part is empty. */
final class SavedRows implements RowSource {
    private final Path folder;
    private final Manifest manifest;
    private final Database target;

    /**
     * @param target where the rows go
     */
    SavedRows(Path folder, Manifest manifest, Database target) {
        this.folder = folder;
        this.manifest = manifest;
        this.target = target;
    }

    /** The chunks it was saved in. */
    @Override
    public List<Chunk> chunks(Table table, TableStats stats, long chunkBytes) {
        return saved(table).parts().stream().map(SavedPart::range).toList();
    }

    private SavedTable saved(Table table) {
        return manifest.table(table.name())
                .orElseThrow(() -> new BackupException(table.name(), "is not in the backup", ""));
    }

    private SavedPart part(Table table, Chunk chunk) {
        return saved(table).parts().stream()
                .filter(p -> p.range().number() == chunk.number())
                .findFirst()
                .orElseThrow(
                        () ->
                                new BackupException(
                                        table.name(),
                                        "has no part " + chunk.number() + " in the backup",
                                        ""));
    }

    @Override
    public RowCopy.Carried carry(Table table, Chunk chunk, Connection writer) {
        SavedPart part = part(table, chunk);
        Path file = folder.resolve(part.file());
        try (InputStream packed = Files.newInputStream(file);
                InputStream sql =
                        new Bounded(
                                Packing.unpack(packed, manifest.compression()),
                                part.bytes(),
                                file.toString())) {
            RowCopy.Carried carried =
                    new RowReplay(table, target).file(sql, file.toString(), writer);
            if (carried.rows() != part.rows()) {
                throw new DataException(
                        table.name(),
                        part.file()
                                + " holds "
                                + carried.rows()
                                + " rows and not the "
                                + part.rows()
                                + " that were saved",
                        "see what is damaged: run `bactrian backup verify " + manifest.id() + "`");
            }
            return carried;
        } catch (IOException e) {
            throw new BackupException(
                    file.toString(),
                    "cannot be read: " + FileErrors.reason(e),
                    "see what is damaged: run `bactrian backup verify " + manifest.id() + "`",
                    e);
        }
    }

    @Override
    public Digest.Rows digest(Table table, Chunk chunk) {
        return part(table, chunk).digest();
    }

    @Override
    public String moment() {
        return manifest.moment();
    }
}
