package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.law.Twin;
import java.util.List;
import java.util.stream.Stream;

/** The acts that make a target equal to a source, or save one. */
enum Copying implements Act {
    COPY("data") {
        @Override
        void target(Twin twin) {
            twin.onTarget(TABLES);
            twin.onTarget(STALE);
            twin.onTarget(TRIGGER);
        }

        @Override
        public void again(Stage stage) {
            stage.resume(command(stage));
        }
    },
    STRUCTURE("structure", "--drop-extra") {
        @Override
        void target(Twin twin) {
            drifted(twin);
        }

        @Override
        public void holds(Stage stage) {
            Twin twin = stage.twin();
            assertThat(Look.atTarget(twin).objects()).isEqualTo(stage.source().objects());
            assertThat(twin.read(twin.target(), KEPT)).isEqualTo(KEPT_ROWS);
            stage.requireGoodBackups();
        }
    },
    REPAIR("verify", "--repair") {
        @Override
        void target(Twin twin) {
            twin.onTarget(TABLES);
            twin.onTarget(ROWS);
            twin.onTarget(
                    "UPDATE big SET f = f + 1 WHERE id % 24 = 0",
                    "DELETE FROM big WHERE id % 22 = 0",
                    "INSERT INTO keyless SELECT * FROM keyless WHERE a % 5 = 0",
                    "DELETE FROM parent WHERE id % 7 = 0",
                    TRIGGER);
        }
    },
    BACKUP("backup", "create", "one") {
        @Override
        void target(Twin twin) {
            // nothing is to be there before the backup is restored
        }

        @Override
        public void again(Stage stage) {
            stage.id = stage.json("backup", "create", "one").path("backup_id").asText();
        }

        @Override
        public void holds(Stage stage) {
            stage.requireGoodBackups();
            String id = stage.id;
            if (id == null) {
                id = stage.json("backup", "list").at("/backups/0/backup_id").asText();
            }
            stage.done("restore", id, "--into", "two");
            same(stage);
        }
    },
    RESTORE("restore") {
        @Override
        void target(Twin twin) {
            drifted(twin);
        }

        @Override
        public void before(Stage stage) {
            super.before(stage);
            if (stage.id == null) {
                stage.id = stage.json("backup", "create", "one").path("backup_id").asText();
            }
        }

        @Override
        public List<String> command(Stage stage) {
            return List.of("restore", stage.id, "--into", "two", "--drop-extra");
        }

        @Override
        public void again(Stage stage) {
            stage.resume(command(stage));
        }
    },
    REPLICATE("replicate", "--drop-extra") {
        @Override
        void target(Twin twin) {
            drifted(twin);
        }

        @Override
        public void again(Stage stage) {
            stage.resume(command(stage));
        }
    };

    private static final int ROWS_OF_BIG = 3_000;

    static final String[] TABLES = {
        "CREATE TABLE parent (id INT PRIMARY KEY, name VARCHAR(9))",
        "CREATE TABLE big (id INT AUTO_INCREMENT PRIMARY KEY, parent INT, f FLOAT, j JSON, at DATETIME(6), code VARCHAR(40),"
                + " payload VARCHAR(3000), KEY code (code), UNIQUE KEY u (payload(30), id),"
                + " CONSTRAINT big_parent FOREIGN KEY (parent) REFERENCES parent (id) ON DELETE CASCADE)",
        "CREATE TABLE keyless (a INT, b VARCHAR(20))"
    };

    private static final String[] ROWS = {
        "SET SESSION cte_max_recursion_depth = 100000, foreign_key_checks = 0",
        seq("parent", 50, "n, n"),
        seq(
                "big",
                ROWS_OF_BIG,
                "n * 2, n % 50 + 1, n / 7, JSON_OBJECT('n', n, 'half', n / 2), '2020-01-01' + INTERVAL n * 1001 MICROSECOND,"
                        + " LEFT(SHA2(n, 256), 32), REPEAT(LEFT(SHA2(n, 256), 32), 90)"),
        seq("keyless", 3000, "n % 700, 'twice or more'")
    };

    private static final String[] STALE = {
        "SET foreign_key_checks = 0",
        "INSERT INTO big VALUES (1, 99, 1, 'null', NULL, 'stale', 'stale')",
        "INSERT INTO keyless VALUES (1, 'stale')"
    };

    /** It would fire on rows that are copied. */
    private static final String TRIGGER =
            "CREATE TRIGGER on_big BEFORE INSERT ON big FOR EACH ROW SET NEW.code = 'fired'";

    /** What the source has beside its tables. */
    private static final String[] OBJECTS = {
        TRIGGER,
        "CREATE VIEW names AS SELECT name FROM parent",
        "CREATE FUNCTION twice(n INT) RETURNS INT DETERMINISTIC RETURN 2 * n"
    };

    private static final String KEPT = "SELECT CONCAT_WS(' ', id, payload) FROM big ORDER BY id";
    private static final List<String> KEPT_ROWS =
            Stream.iterate(1, n -> n + 1).limit(400).map(n -> n + " kept " + n).toList();

    private final List<String> words;

    Copying(String... words) {
        this.words = List.of(words);
    }

    static Stream<Act> all() {
        return Stream.of(values());
    }

    private static String seq(String table, int rows, String values) {
        return "INSERT INTO "
                + table
                + " WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < "
                + rows
                + ") SELECT "
                + values
                + " FROM s";
    }

    /** Fills the empty target's schema. */
    abstract void target(Twin twin);

    /** A target of another structure, with rows of its own. */
    private static void drifted(Twin twin) {
        twin.onTarget(
                "CREATE TABLE big (payload VARCHAR(900) CHARACTER SET latin1, id INT AUTO_INCREMENT PRIMARY KEY, gone INT, parent BIGINT,"
                        + " KEY gone (gone))",
                "SET SESSION cte_max_recursion_depth = 100000",
                "INSERT INTO big (id, payload, parent) WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 400)"
                        + " SELECT n, CONCAT('kept ', n), NULL FROM s",
                "CREATE TABLE keyless (b VARCHAR(30), a BIGINT) ENGINE=MyISAM",
                "CREATE TABLE extra (id INT PRIMARY KEY, big INT, CONSTRAINT to_big FOREIGN KEY (big) REFERENCES big (id))",
                "INSERT INTO extra VALUES (1, 1)",
                "CREATE VIEW names AS SELECT 1 AS name",
                "CREATE VIEW extra_view AS SELECT id FROM extra",
                "CREATE TRIGGER on_big AFTER INSERT ON big FOR EACH ROW SET @x = NEW.id");
    }

    @Override
    public void before(Stage stage) {
        Twin twin = stage.twin().with("chunk-bytes", "512K");
        if (!twin.tables(twin.source()).contains("keyless")) {
            twin.onSource(TABLES);
            twin.onSource(ROWS);
            twin.onSource(OBJECTS);
            twin.analyzeTables();
        }
        twin.target().execute("", "DROP SCHEMA " + twin.schema(), "CREATE SCHEMA " + twin.schema());
        target(twin);
    }

    @Override
    public List<String> command(Stage stage) {
        return words;
    }

    @Override
    public void again(Stage stage) {
        stage.done(command(stage));
    }

    @Override
    public void holds(Stage stage) {
        if (this == COPY || this == REPAIR) {
            sameRows(stage);
        } else {
            same(stage);
        }
        stage.requireGoodBackups();
    }

    /** Structures are those of {@link #target}, and are as they were. */
    private static void sameRows(Stage stage) {
        Twin twin = stage.twin();
        Look source = stage.source();
        Look target = Look.atTarget(twin);
        assertThat(target.rows()).isEqualTo(source.rows());
        for (String table : source.rows().keySet()) {
            assertThat(target.objects().get(table)).isEqualTo(source.objects().get(table));
        }
        assertThat(target.objects().toString()).contains("on_big", "'fired'");
    }

    private static void same(Stage stage) {
        Look.atTarget(stage.twin()).requireSame(stage.source());
    }
}
