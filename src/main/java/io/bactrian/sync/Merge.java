package io.bactrian.sync;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.schema.Column;
import io.bactrian.sql.StrictMode;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Columns that remote's row gets where neither side's row is to hold as it is.
 *
 * @param values SQL expressions
 * @param strategy what a conflict tells as its strategy
 */
record Merge(Map<Column, String> values, String strategy) {
    private static final String RESOLVER = "RESOLVER";

    /** That of the integrator's own strategy, else that of MERGE; empty if one side's row holds. */
    static Optional<Merge> of(Arbiter arbiter, Dispute dispute) {
        if (!dispute.local().exists() || !dispute.remote().exists()) {
            return Optional.empty();
        }
        Optional<Map<Column, String>> own =
                arbiter.resolver(dispute.rows()).flatMap(r -> resolved(r, dispute));
        if (own.isPresent()) {
            return Optional.of(new Merge(versioned(own.get(), dispute), RESOLVER));
        }
        if (arbiter.strategy(dispute.rows()) != Strategy.MERGE || !dispute.base().exists()) {
            return Optional.empty();
        }
        Set<Column> fromLocal = changedByLocalOnly(dispute);
        return fromLocal.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Merge(
                                versioned(ofLocal(dispute, fromLocal), dispute),
                                Strategy.MERGE.name()));
    }

    private static Optional<Map<Column, String>> resolved(
            ConflictResolver resolver, Dispute dispute) {
        SyncRows rows = dispute.rows();
        return resolver.resolve(
                        new ConflictResolver.Disputed(
                                rows.table().name(),
                                dispute.recordId(),
                                dispute.base().columns(),
                                dispute.local().columns(),
                                dispute.remote().columns()))
                .map(
                        columns -> {
                            Map<Column, String> values = new LinkedHashMap<>(rows.values(columns));
                            values.keySet().removeIf(c -> isKey(rows, c));
                            return values;
                        });
    }

    private static boolean isKey(SyncRows rows, Column column) {
        return rows.table().primaryKey().orElseThrow().columns().contains(column.name());
    }

    private static Set<Column> changedByLocalOnly(Dispute dispute) {
        Set<Column> columns = new LinkedHashSet<>();
        for (Column column : dispute.rows().contentColumns()) {
            if (!dispute.local().same(dispute.base(), column)
                    && dispute.remote().same(dispute.base(), column)) {
                columns.add(column);
            }
        }
        return columns;
    }

    /** Those columns, and local's time if it is the later one. */
    private static Map<Column, String> ofLocal(Dispute dispute, Set<Column> fromLocal) {
        SyncRows rows = dispute.rows();
        Image local = dispute.local();
        boolean localIsLater =
                local.modifiedAt(rows).orElse(0) > dispute.remote().modifiedAt(rows).orElse(0);
        Set<Column> wanted = new LinkedHashSet<>(fromLocal);
        if (localIsLater) {
            rows.lastModified().ifPresent(wanted::add);
        }
        Map<Column, String> values = new LinkedHashMap<>(local.values(rows));
        values.keySet().retainAll(wanted);
        return values;
    }

    private static Map<Column, String> versioned(Map<Column, String> values, Dispute dispute) {
        dispute.rows().version().ifPresent(v -> values.put(v, dispute.nextVersion()));
        return values;
    }

    /** Writes the columns into a row. */
    void write(Connection session, SyncRows rows, String record) throws SQLException {
        if (!strategy.equals(RESOLVER)) {
            // a server has them already, whatever its mode
            rows.set(session, record, values);
            return;
        }
        try (StrictMode strict = StrictMode.of(session)) {
            rows.set(session, record, values);
        }
    }
}
