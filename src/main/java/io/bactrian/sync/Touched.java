package io.bactrian.sync;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Where in both logs the changes begin that a round has dealt with. */
final class Touched {
    private record Log(Side side, String table) {}

    private final Map<Log, Long> first = new ConcurrentHashMap<>();

    void add(Side side, String table, List<Long> ids) {
        ids.stream()
                .min(Long::compare)
                .ifPresent(id -> first.merge(new Log(side, table), id, Math::min));
    }

    Set<String> tables() {
        Set<String> tables = new TreeSet<>();
        first.keySet().forEach(l -> tables.add(l.table()));
        return tables;
    }

    /** The first change dealt with in a log of a table, or the largest number if there is none. */
    long first(Side side, String table) {
        return first.getOrDefault(new Log(side, table), Long.MAX_VALUE);
    }
}
