package io.bactrian.verify;

import io.bactrian.schema.Chunk;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import io.bactrian.sql.ChunkPlanner;
import io.bactrian.sql.Digest;
import io.bactrian.sql.KeyRange;
import io.bactrian.sql.Reader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Compares chunks of one table that has a row key. Equal chunks cost one digest a side; a chunk
 * that differs is cut smaller until its rows fit a small map. Which side's rows are paged through
 * does not matter for the result, only for the size of the parts.
 */
public final class ChunkComparison {
    /**
     * Rows of a range whose digests are fetched one by one: some 2 MB a side. Smaller ranges mean
     * more statements: with 1,000 rows and a cut in 16, finding 500 rows spread over 500,000 took
     * three times as long.
     */
    static final int LEAF_ROWS = 4000;

    /** Parts that a differing range is cut into. */
    private static final int FAN_OUT = 32;

    private final Reader source;
    private final Reader target;
    private final Executor sourceThread;
    private final Table table;
    private final Naming naming;
    private final KeyRange key;

    /**
     * @param sourceThread runs the source's half while the caller's thread runs the target's
     */
    public ChunkComparison(
            Reader source, Reader target, Executor sourceThread, Table table, Naming naming) {
        this.source = source;
        this.target = target;
        this.sourceThread = sourceThread;
        this.table = table;
        this.naming = naming;
        this.key = new KeyRange(table);
    }

    /** Compares a chunk and tells of each small range in it that differs. */
    public Finding compare(Chunk chunk, Consumer<Leaf> leaves) {
        Both<Digest.Rows> digests = both((c, digest) -> digest.of(c, chunk));
        long rows = Math.max(digests.source().count(), digests.target().count());
        if (digests.source().sameAs(digests.target())) {
            return new Finding(
                    digests.source().count(), digests.target().count(), 0, 0, 0, List.of());
        }
        if (rows <= LEAF_ROWS) {
            return leaf(chunk, leaves);
        }
        boolean inSource = digests.source().count() >= digests.target().count();
        Reader larger = inSource ? source : target;
        Table read = inSource ? table : table.stored();
        long part = Math.max(LEAF_ROWS / 2, rows / FAN_OUT);
        Finding all = Finding.NONE;
        for (Chunk smaller :
                larger.read(table.name(), c -> ChunkPlanner.split(c, read, chunk, part))) {
            all = all.plus(compare(smaller, leaves), naming.rows());
        }
        return all;
    }

    private Finding leaf(Chunk range, Consumer<Leaf> leaves) {
        Both<Map<List<String>, String>> rows = both((c, digest) -> digest.byKey(c, range));
        List<List<String>> missing = new ArrayList<>();
        List<List<String>> different = new ArrayList<>();
        Map<List<String>, String> extra = new HashMap<>(rows.target());
        rows.source()
                .forEach(
                        (k, hash) -> {
                            String there = extra.remove(k);
                            if (there == null) {
                                missing.add(k);
                            } else if (!there.equals(hash)) {
                                different.add(k);
                            }
                        });
        leaves.accept(new Leaf(range, missing, List.copyOf(extra.keySet()), different));
        List<Finding.Row> named = new ArrayList<>();
        name(Finding.Kind.MISSING, missing, named);
        name(Finding.Kind.EXTRA, extra.keySet(), named);
        name(Finding.Kind.DIFFERENT, different, named);
        return new Finding(
                rows.source().size(),
                rows.target().size(),
                missing.size(),
                extra.size(),
                different.size(),
                named);
    }

    private void name(Finding.Kind kind, Collection<List<String>> keys, List<Finding.Row> named) {
        for (List<String> rowKey : keys) {
            if (named.size() >= naming.rows()) {
                return;
            }
            boolean asked = naming.columns() && kind == Finding.Kind.DIFFERENT;
            named.add(
                    new Finding.Row(kind, key.shown(rowKey), asked ? columns(rowKey) : List.of()));
        }
    }

    private List<String> columns(List<String> rowKey) {
        Both<List<String>> digests = both((c, digest) -> digest.ofColumns(c, rowKey));
        List<String> differing = new ArrayList<>();
        List<Column> columns = table.writableColumns();
        for (int i = 0; i < Math.min(digests.source().size(), digests.target().size()); i++) {
            if (!digests.source().get(i).equals(digests.target().get(i))) {
                differing.add(columns.get(i).name());
            }
        }
        return differing;
    }

    private <T> Both<T> both(Both.Question<T> question) {
        return Both.ask(table, source, target, sourceThread, question);
    }
}
