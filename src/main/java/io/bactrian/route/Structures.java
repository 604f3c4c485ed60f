package io.bactrian.route;

import io.bactrian.backup.Backup;
import io.bactrian.config.TableFilter;
import io.bactrian.data.Mapping;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.Table;
import io.bactrian.schema.Translation;
import io.bactrian.sql.Database;
import io.bactrian.sql.SchemaReader;
import io.bactrian.sql.Sight;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The structures of a run's two databases, each read when it is first asked for. */
final class Structures {
    private final Job job;
    private final Database source;
    private final Backup saved;
    private final Database target;
    private final Supplier<Mapping> mapping;
    private Departing departing;
    private Schema there;
    private Schema wholeThere;

    /**
     * @param source null where a backup stands in its place, or where there is none
     * @param mapping what filters and mappers make of a source
     */
    Structures(Job job, Database source, Backup saved, Database target, Supplier<Mapping> mapping) {
        this.job = job;
        this.source = source;
        this.saved = saved;
        this.target = target;
        this.mapping = mapping;
    }

    /**
     * The source's structure as the target is to have it, as far as the job is about it; read once.
     */
    synchronized Schema ofSource() {
        if (departing == null) {
            Schema schema = saved == null ? read(source) : savedSchema();
            if (!job.undoes()) {
                job.tables()
                        .requireMatches(
                                Legible.names(schema), saved == null ? source.name() : saved.id());
            }
            if (job.copies() && saved == null) {
                Legible.require(source, schema);
            }
            // what is put back is what was saved
            departing = saved == null ? map(schema) : Departing.unchanged(schema);
        }
        return departing.schema();
    }

    /** A source as a server of the target's kind is to have it. */
    private Mapping.Mapped planned(Schema schema) {
        Mapping.Mapped mapped = mapping.get().of(schema);
        return new Mapping.Mapped(Translation.of(mapped.schema(), ofTarget()), mapped.tables());
    }

    private Departing map(Schema schema) {
        Departing found = new Departing(planned(schema));
        target.with(
                target.name(),
                c -> {
                    found.require(c, job);
                    return null;
                });
        return found;
    }

    /** What of the source travels. */
    synchronized Departing departing() {
        ofSource();
        return departing;
    }

    /** Routines and events belong to no table: who restores some tables means only these. */
    private Schema savedSchema() {
        boolean all = job.dropExtra() || job.tables().equals(TableFilter.ALL);
        return saved.manifest()
                .schema(
                        tables().and(t -> saved.hasRowsOf(t) || !saved.isTable(t) || isThere(t)),
                        all);
    }

    /** The tables that the job is about; a backup knows nothing of those beyond its scope. */
    private Predicate<String> tables() {
        return saved == null ? job.tables() : job.tables().and(saved.manifest().scope());
    }

    /** A table without all its rows is only put back where the others are. */
    private boolean isThere(String table) {
        return ofTarget().table(table).isPresent();
    }

    /** The source's tables whose rows take the place of the target's. */
    List<Table> copied() {
        return ofSource().tables().stream()
                .filter(t -> saved == null || saved.hasRowsOf(t.name()))
                .toList();
    }

    /** The target's structure; read again after {@link #changed}. */
    synchronized Schema ofTarget() {
        if (there == null) {
            there = read(target);
        }
        return there;
    }

    /** The target's own triggers on a table. */
    List<StoredObject> triggersOfTarget(String table) {
        return ofTarget().objects(StoredObject.Type.TRIGGER).stream()
                .filter(t -> t.trigger().table().equals(table))
                .toList();
    }

    synchronized void changed() {
        there = null;
        wholeThere = null;
    }

    /** The target's structure whatever the job is about; read again after {@link #changed}. */
    synchronized Schema ofWholeTarget() {
        if (wholeThere == null) {
            wholeThere = tables().equals(TableFilter.ALL) ? ofTarget() : read(target, t -> true);
        }
        return wholeThere;
    }

    private Schema read(Database database) {
        return read(database, tables());
    }

    private static Schema read(Database database, Predicate<String> tables) {
        return database.with(
                database.name(),
                c -> {
                    Sight.requireEventsAndRoutines(c, database.schema());
                    return SchemaReader.read(c, database.schema(), tables);
                });
    }

    /**
     * @throws io.bactrian.error.StructureException if a table of the source is another by now
     */
    void requireSourceUnchanged() {
        Legible.requireUnchanged(source, ofSource(), planned(read(source)).schema());
    }

    /** The same of the target. */
    void requireTargetUnchanged() {
        Legible.requireUnchanged(target, ofTarget(), read(target));
    }
}
