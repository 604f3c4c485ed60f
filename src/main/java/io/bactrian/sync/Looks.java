package io.bactrian.sync;

import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks at rows on both sides before one is written. Those of that side are locked first: whoever
 * changed one has committed then, and his word is in the log. On the other side the log is read
 * before the rows, so that a row is never older than what the log says of it.
 */
final class Looks {
    private final Crossing crossing;
    private final SyncRows rows;
    private final Set<String> ids;
    private final Map<String, String> here;
    private final Set<String> seen;
    private final Map<String, List<Entry>> hereLog = new HashMap<>();
    private final Map<String, List<Entry>> thereLog = new HashMap<>();
    private final Map<String, String> there;

    private Looks(Crossing crossing, SyncRows rows, Collection<String> asked) throws SQLException {
        this.crossing = crossing;
        this.rows = rows;
        here = rows.lock(crossing.here(), asked);
        Set<String> missed = new LinkedHashSet<>(asked);
        missed.removeAll(here.keySet());
        seen = new LinkedHashSet<>(here.keySet());
        seen.addAll(rows.seen(crossing.here(), missed));
        ids = new LinkedHashSet<>(asked);
        ids.addAll(seen);
        readLogs(ids);
        there = rows.digests(crossing.there(), asked);
        Set<String> strangers = new LinkedHashSet<>(there.keySet());
        strangers.removeAll(ids);
        if (!strangers.isEmpty()) {
            // the same rows by other ids; once more, so that the log comes before the row
            readLogs(strangers);
            there.keySet().removeAll(strangers);
            there.putAll(rows.digests(crossing.there(), strangers));
            ids.addAll(strangers);
        }
        if (rows.idsVary()) {
            Set<String> others = gone();
            readLogs(others);
            ids.addAll(others);
        }
    }

    /**
     * By which other ids this side has logged the ends of rows that seem to be new to it: no row is
     * left here that would tell.
     */
    private Set<String> gone() throws SQLException {
        Set<String> fresh = new LinkedHashSet<>(there.keySet());
        fresh.removeAll(seen);
        fresh.removeAll(hereLog.keySet());
        Set<String> gone = new LinkedHashSet<>();
        List<SyncLog.Change> page = List.of();
        while (!fresh.isEmpty()) {
            long after = page.isEmpty() ? 0 : page.get(page.size() - 1).id();
            page = SyncLog.deleted(crossing.here(), rows.table().name(), after);
            if (page.isEmpty()) {
                break;
            }
            Set<String> deleted = new LinkedHashSet<>();
            page.forEach(c -> deleted.add(c.recordId()));
            deleted.removeAll(ids);
            // mostly none of them is any row there
            if (!Collections.disjoint(rows.seen(crossing.there(), deleted), fresh)) {
                for (String id : deleted) {
                    if (!Collections.disjoint(rows.seen(crossing.there(), List.of(id)), fresh)) {
                        gone.add(id);
                    }
                }
            }
        }
        return gone;
    }

    /** The rows with these record ids, each once. */
    static List<KeyState> at(Crossing crossing, SyncRows rows, Collection<String> asked)
            throws SQLException {
        return asked.isEmpty() ? List.of() : new Looks(crossing, rows, asked).states();
    }

    private void readLogs(Collection<String> records) throws SQLException {
        String table = rows.table().name();
        read(hereLog, SyncLog.unagreed(crossing.here(), table, records));
        read(thereLog, SyncLog.unagreed(crossing.there(), table, records));
    }

    private static void read(Map<String, List<Entry>> log, List<Entry> entries) {
        entries.forEach(e -> log.computeIfAbsent(e.recordId(), r -> new ArrayList<>()).add(e));
    }

    private List<KeyState> states() throws SQLException {
        Map<String, String> storedHere = stored(crossing.here(), seen);
        Map<String, String> storedThere = stored(crossing.there(), there.keySet());
        Map<String, List<String>> groups = new LinkedHashMap<>();
        for (String id : ids) {
            String name = storedHere.getOrDefault(id, storedThere.getOrDefault(id, id));
            groups.computeIfAbsent(name, n -> new ArrayList<>()).add(id);
        }
        List<KeyState> states = new ArrayList<>(groups.size());
        for (List<String> group : groups.values()) {
            String id = group.get(0);
            String mine = storedHere.get(id);
            String other = storedThere.get(id);
            states.add(
                    new KeyState(
                            id,
                            mine,
                            mine == null ? null : here.get(mine),
                            other,
                            other == null ? null : there.get(other),
                            mine != null && !here.containsKey(mine),
                            entries(hereLog, group),
                            entries(thereLog, group)));
        }
        return states;
    }

    private static List<Entry> entries(Map<String, List<Entry>> log, List<String> group) {
        if (group.size() == 1) {
            return log.getOrDefault(group.get(0), List.of());
        }
        return group.stream()
                .flatMap(id -> log.getOrDefault(id, List.of()).stream())
                .sorted((a, b) -> Long.compare(a.id(), b.id()))
                .toList();
    }

    /** The id a row has where it is stored, by each id it goes by. */
    private Map<String, String> stored(Connection session, Set<String> found) throws SQLException {
        Map<String, String> stored = new HashMap<>();
        List<String> unmet = new ArrayList<>();
        for (String id : ids) {
            if (found.contains(id)) {
                stored.put(id, id);
            } else {
                unmet.add(id);
            }
        }
        if (rows.idsVary() && !rows.seen(session, unmet).isEmpty()) {
            for (String id : unmet) {
                for (String other : rows.seen(session, List.of(id))) {
                    stored.put(id, other);
                }
            }
        }
        return stored;
    }
}
