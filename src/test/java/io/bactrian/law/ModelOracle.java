package io.bactrian.law;

import io.bactrian.config.SyncSettings.Strategy;
import io.bactrian.law.ModelShape.Table;
import io.bactrian.law.ModelState.Conflict;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/**
 * What must be so when two sides that were equal have each changed and then agreed again. It knows
 * nothing of how that is done.
 *
 * @param base what both had
 * @param local what one had made of it before the rounds
 * @param remote what the other had
 * @param end what both have now
 * @param localBefore what local had before a transaction that was open through the first round
 * @param remoteBefore the same of remote: in that round the sides may have agreed about these
 */
record ModelOracle(
        ModelShape shape,
        Strategy strategy,
        ModelState base,
        ModelState local,
        ModelState remote,
        ModelState end,
        List<Conflict> conflicts,
        ModelState localBefore,
        ModelState remoteBefore) {

    /** What is not as it must be; empty if all is. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (Table table : shape.tables()) {
            Set<String> keys = new LinkedHashSet<>();
            for (ModelState state : List.of(base, local, remote, end)) {
                keys.addAll(state.tables().get(table.name()).keySet());
            }
            keys.forEach(k -> complaints.addAll(complaints(table, k)));
        }
        return complaints;
    }

    /**
     * What is not as it must be while conflicts wait by MANUAL: each side still has its own of the
     * rows that both changed.
     *
     * @param remoteNow what remote has now, as {@link #end} is what local has
     */
    List<String> parked(ModelState remoteNow) {
        List<String> complaints = new ArrayList<>();
        if (strategy != Strategy.MANUAL || entangled()) {
            return complaints;
        }
        for (Table table : shape.tables()) {
            for (String key : local.tables().get(table.name()).keySet()) {
                Map<String, String> s = base.row(table.name(), key);
                Map<String, String> l = local.row(table.name(), key);
                Map<String, String> r = remote.row(table.name(), key);
                boolean disputed =
                        !Objects.equals(s, l) && !Objects.equals(s, r) && !Objects.equals(l, r);
                if (disputed
                        && !(Objects.equals(end.row(table.name(), key), l)
                                && Objects.equals(remoteNow.row(table.name(), key), r))) {
                    complaints.add(
                            "%s[%s] was to wait: local made it %s, remote %s, they are %s and %s"
                                    .formatted(
                                            table.name(),
                                            key,
                                            l,
                                            r,
                                            end.row(table.name(), key),
                                            remoteNow.row(table.name(), key)));
                }
            }
        }
        return complaints;
    }

    /** Whether rows are in dispute over other rows, which no rule of one row knows of. */
    private boolean entangled() {
        return conflicts.stream()
                .anyMatch(c -> c.type().equals("UNIQUE_KEY") || c.type().equals("FOREIGN_KEY"));
    }

    private List<String> complaints(Table table, String key) {
        Map<String, String> s = base.row(table.name(), key);
        Map<String, String> l = local.row(table.name(), key);
        Map<String, String> r = remote.row(table.name(), key);
        Map<String, String> f = end.row(table.name(), key);
        boolean changedByLocal = !Objects.equals(s, l);
        boolean changedByRemote = !Objects.equals(s, r);
        boolean disputed = changedByLocal && changedByRemote && !Objects.equals(l, r);
        List<String> complaints = new ArrayList<>();
        String all =
                "%s[%s]: was %s, local made it %s, remote %s, it ended as %s"
                        .formatted(table.name(), key, s, l, r, f);
        if (!changedByLocal && !changedByRemote && !Objects.equals(f, s)) {
            complaints.add("nobody changed " + all);
        }
        if (changedByLocal
                && !Objects.equals(f, l)
                && !Objects.equals(l, remoteBefore.row(table.name(), key))
                && !kept(table, Conflict::local, l, s)) {
            complaints.add("local's change is lost, " + all);
        }
        if (changedByRemote
                && !Objects.equals(f, r)
                && !Objects.equals(r, localBefore.row(table.name(), key))
                && !kept(table, Conflict::remote, r, s)) {
            complaints.add("remote's change is lost, " + all);
        }
        // a dispute waited when a late transaction ended it: a person decided about it all the same
        boolean decided =
                strategy == Strategy.MANUAL
                        && !(Objects.equals(l, localBefore.row(table.name(), key))
                                && Objects.equals(r, remoteBefore.row(table.name(), key)));
        if (!entangled() && !decided) {
            if (changedByLocal && !changedByRemote && !Objects.equals(f, l)
                    || changedByRemote && !changedByLocal && !Objects.equals(f, r)) {
                complaints.add("an undisputed change did not arrive, " + all);
            }
            if (disputed && strategy == Strategy.REMOTE_WINS && !Objects.equals(f, r)
                    || disputed && strategy == Strategy.LOCAL_WINS && !Objects.equals(f, l)) {
                complaints.add("the wrong side won, " + all);
            }
        }
        if (!disputed && !decided && disputeIsRecorded(table, l, r)) {
            complaints.add("a dispute that was none, " + all);
        }
        return complaints;
    }

    /** Whether a conflict holds the row as a side had it, or that it had none. */
    private boolean kept(
            Table table,
            Function<Conflict, Map<String, String>> side,
            Map<String, String> row,
            Map<String, String> before) {
        return conflicts.stream()
                .filter(c -> c.table().equals(table.name()))
                .anyMatch(
                        c ->
                                row != null
                                        ? ModelState.shows(side.apply(c), table, row)
                                        : side.apply(c) == null
                                                && ModelState.isAbout(c, table, before));
    }

    private boolean disputeIsRecorded(
            Table table, Map<String, String> local, Map<String, String> remote) {
        return conflicts.stream()
                .filter(c -> c.table().equals(table.name()))
                .filter(c -> c.type().startsWith("UPDATE_") || c.type().startsWith("INSERT_"))
                .anyMatch(
                        c ->
                                (local != null || remote != null)
                                        && same(c.local(), table, local)
                                        && same(c.remote(), table, remote));
    }

    private static boolean same(Map<String, String> image, Table table, Map<String, String> row) {
        return row == null ? image == null : ModelState.shows(image, table, row);
    }
}
