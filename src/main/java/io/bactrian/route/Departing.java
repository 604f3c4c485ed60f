package io.bactrian.route;

import io.bactrian.data.MappedTable;
import io.bactrian.data.Mapping;
import io.bactrian.schema.Schema;
import io.bactrian.state.Withheld;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What of a source travels, and what of that not as it is there: filters and mappers decide. */
record Departing(Mapping.Mapped mapped) {
    /** Of a backup all is put back as it was saved. */
    static Departing unchanged(Schema schema) {
        return new Departing(new Mapping.Mapped(schema, List.of()));
    }

    Schema schema() {
        return mapped.schema();
    }

    List<MappedTable> tables() {
        return mapped.tables();
    }

    /**
     * @throws io.bactrian.error.ConfigException if an earlier run withheld what this one would
     *     bring
     */
    void require(Connection target, Job job) throws SQLException {
        Withheld.require(target, withheld(), job.tables(), job.resume());
    }

    /** Notes in the target what it does not get; the run knows what was noted before. */
    void note(Connection target, RunState run) throws SQLException {
        if (!tables().isEmpty()) {
            run.withheldBefore(Withheld.note(target, withheld()));
        }
    }

    private Map<String, Map<String, String>> withheld() {
        Map<String, Map<String, String>> withheld = new TreeMap<>();
        tables().forEach(t -> withheld.put(t.table(), t.withheld()));
        return withheld;
    }
}
