package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.law.Child;
import io.bactrian.law.Twin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many rows, many tables, many columns, large values: copied and proven within a small heap. */
@Timeout(1200)
class LoadIT {
    @TempDir Path folder;

    /** What a source may be loaded with. */
    enum Load {
        NARROW_ROWS(Proof.times(50_000, 10_000_000)) {
            @Override
            void fill(Twin twin) {
                twin.onSource(
                        "SET SESSION sql_log_bin = 0, cte_max_recursion_depth = 10000000",
                        "CREATE TABLE narrow (id INT PRIMARY KEY, a INT, b DOUBLE, c VARCHAR(12))",
                        "INSERT INTO narrow"
                                + SEQ.formatted(
                                        size, "n, n * 7919 % 1000003, n / 3, CONCAT('row ', n)"),
                        "ANALYZE TABLE narrow");
            }
        },
        TABLES(Proof.times(50, 2000)) {
            @Override
            void fill(Twin twin) {
                String[] statements =
                        IntStream.range(0, size)
                                .mapToObj(
                                        i ->
                                                "CREATE TABLE t%1$d (id INT PRIMARY KEY, name VARCHAR(20), KEY (name)); INSERT INTO t%1$d VALUES (1, 'a'), (2, 't%1$d')"
                                                        .formatted(i))
                                .toArray(String[]::new);
                twin.onSource(statements);
            }
        },
        COLUMNS(1000) {
            @Override
            void fill(Twin twin) {
                String columns =
                        IntStream.range(1, size)
                                .mapToObj(i -> "c" + i + (i % 2 == 0 ? " INT" : " VARCHAR(2)"))
                                .collect(Collectors.joining(", "));
                String values =
                        IntStream.range(1, size)
                                .mapToObj(i -> i % 2 == 0 ? "n + " + i : "LEFT(n + " + i + ", 2)")
                                .collect(Collectors.joining(", "));
                twin.onSource(
                        "CREATE TABLE wide (id INT PRIMARY KEY, " + columns + ")",
                        "INSERT INTO wide" + SEQ.formatted(500, "n, " + values));
            }
        },
        MEGABYTES_OF_BLOBS(Proof.times(8, 1024)) {
            @Override
            void fill(Twin twin) {
                twin.onSource(
                        "SET SESSION sql_log_bin = 0, cte_max_recursion_depth = 100000",
                        "CREATE TABLE blobs (id INT PRIMARY KEY, b LONGBLOB)",
                        "INSERT INTO blobs"
                                + SEQ.formatted(
                                        size,
                                        "n, REPEAT(UNHEX(CONCAT(SHA2(n, 512), SHA2(-n, 512))), 8192)"),
                        "ANALYZE TABLE blobs");
            }
        };

        private static final String SEQ =
                " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) SELECT %s FROM s";

        final int size;

        Load(int size) {
            this.size = size;
        }

        abstract void fill(Twin twin);
    }

    /** How long it took, and the most memory it had. */
    private record Took(double seconds, long megabytes) {
        static Took of(Child child) throws IOException {
            long began = System.nanoTime();
            long most = 0;
            while (child.isAlive()) {
                most = Math.max(most, Memory.megabytes(child));
                Child.pause();
            }
            assertThat(child.exitCode()).as(child.said()).isZero();
            return new Took((System.nanoTime() - began) / 1e9, most);
        }
    }

    @ParameterizedTest
    @EnumSource
    void isCopiedAndProven(Load load) throws Exception {
        try (Twin twin = Twin.of("load")) {
            Act.Stage stage = new Act.Stage(twin, folder);
            load.fill(twin);
            stage.done("structure");
            Took copy;
            Took proof;
            try (Child child = stage.start(List.of("data"))) {
                copy = Took.of(child);
            }
            try (Child child = stage.start(List.of("verify"))) {
                proof = Took.of(child);
            }
            assertThat(sums(twin, twin.target())).isEqualTo(sums(twin, twin.source()));
            long rows = rows(twin);
            new Page("load")
                    .row(
                            load.toString().toLowerCase(Locale.ROOT).replace('_', ' '),
                            load.size,
                            copy.seconds(),
                            (long) (rows / copy.seconds()),
                            proof.seconds(),
                            Math.max(copy.megabytes(), proof.megabytes()));
        }
    }

    /** The server's own checksum of each table. */
    private static List<String> sums(Twin twin, Server server) {
        String all =
                twin.tables(server).stream().map(Twin::quote).collect(Collectors.joining(", "));
        return twin.read(server, "CHECKSUM TABLE " + all + " EXTENDED", 2);
    }

    private static long rows(Twin twin) {
        return twin.tables(twin.source()).stream()
                .mapToLong(
                        t ->
                                Long.parseLong(
                                        twin.one(
                                                twin.source(),
                                                "SELECT COUNT(*) FROM " + Twin.quote(t))))
                .sum();
    }
}
