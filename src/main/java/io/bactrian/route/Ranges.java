package io.bactrian.route;

import io.bactrian.schema.Chunk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Key ranges of one table, small and many. */
final class Ranges {
    private Ranges() {}

    /**
     * The same keys in fewer ranges, numbered anew: those that follow one another become one. Only
     * the server knows the order of keys, but where one range ends the next begins.
     */
    static List<Chunk> joined(List<Chunk> ranges) {
        Map<List<String>, Chunk> byStart = new HashMap<>();
        ranges.forEach(r -> byStart.put(r.after(), r));
        Map<List<String>, Chunk> starts = new HashMap<>(byStart);
        for (Chunk range : ranges) {
            if (!range.upTo().isEmpty()) {
                starts.remove(range.upTo());
            }
        }
        List<Chunk> joined = new ArrayList<>();
        for (Chunk start : starts.values()) {
            Chunk last = start;
            long rows = start.rows();
            while (!last.upTo().isEmpty() && byStart.containsKey(last.upTo())) {
                last = byStart.get(last.upTo());
                rows += last.rows();
            }
            joined.add(new Chunk(joined.size(), start.after(), last.upTo(), rows));
        }
        return joined;
    }
}
