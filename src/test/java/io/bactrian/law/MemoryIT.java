package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.backup.Backups;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * D2: tables larger than the heap, and rows of some size, are copied, compared and saved within it.
 */
@Timeout(180)
class MemoryIT {
    private static final String SUMS =
            "SELECT CONCAT_WS(' ', (SELECT CONCAT(COUNT(*), '/', SUM(CRC32(t))) FROM texts),"
                    + " (SELECT CONCAT(COUNT(*), '/', SUM(CRC32(b))) FROM blobs),"
                    + " (SELECT CONCAT(COUNT(*), '/', SUM(CRC32(t))) FROM keyless))";

    @TempDir Path folder;

    @Test
    void aHeapOf64MegabytesIsEnoughForAnyTable() {
        try (Twin twin = Twin.of("memory")) {
            twin.onSource(
                    "SET SESSION cte_max_recursion_depth = 1000000",
                    "CREATE TABLE texts (id INT PRIMARY KEY, t VARCHAR(2000), KEY (t(20)))",
                    "CREATE TABLE blobs (id INT PRIMARY KEY, b MEDIUMBLOB)",
                    "CREATE TABLE keyless (t VARCHAR(2000))",
                    "INSERT INTO texts WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 60000)"
                            + " SELECT n, REPEAT(LEFT(SHA2(n, 256), 32), 46) FROM s",
                    "INSERT INTO blobs WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < 2000)"
                            + " SELECT n, REPEAT(UNHEX(LEFT(SHA2(n, 256), 32)), 2500) FROM s",
                    "INSERT INTO keyless SELECT t FROM texts WHERE id <= 20000");
            twin.with("backup.dir", folder.resolve("backups"));
            run(twin, "replicate");
            assertThat(twin.one(twin.target(), SUMS)).isEqualTo(twin.one(twin.source(), SUMS));

            run(twin, "backup", "create", "one");
            String id = new Backups(folder.resolve("backups")).list().get(0).id();
            run(twin, "restore", id, "--into", "two", "--verify");
            assertThat(twin.one(twin.target(), SUMS)).isEqualTo(twin.one(twin.source(), SUMS));
        }
    }

    private void run(Twin twin, String... command) {
        try (Child child = Child.start(folder, twin, "64m", command)) {
            assertThat(child.exitCode()).as(child.said()).isZero();
        }
    }
}
