package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Foreign keys that are declared on a target are in force there. The server's own look at them is
 * what is asked: neither SHOW CREATE TABLE nor the rows tell.
 */
@Timeout(120)
class ForeignKeysIT {
    /** Of a family's two tables one time in twenty lost its key, so that all are tried twice. */
    private static final int FAMILIES = 60;

    @Test
    void areInForceAfterACopy() {
        try (Twin twin = Twin.of("foreign_keys").with("threads", 4)) {
            IntStream.range(0, FAMILIES)
                    .forEach(
                            n -> {
                                // side by side in the order of names, so that they are emptied
                                // together
                                String parent = "t%02d_p".formatted(n);
                                String child = "t%02d_c".formatted(n);
                                twin.onBoth(
                                        "CREATE TABLE " + parent + " (id INT PRIMARY KEY)",
                                        "CREATE TABLE "
                                                + child
                                                + " (id INT PRIMARY KEY, FOREIGN KEY (id) REFERENCES "
                                                + parent
                                                + " (id) ON DELETE CASCADE)",
                                        "INSERT INTO " + parent + " VALUES (1), (2)",
                                        "INSERT INTO " + child + " VALUES (1), (2)");
                            });

            for (int again = 0; again < 2; again++) {
                twin.copy();
                twin.onTarget(deletes());
                assertThat(orphans(twin)).isEmpty();
            }
        }
    }

    private static String[] deletes() {
        return IntStream.range(0, FAMILIES)
                .mapToObj("DELETE FROM t%02d_p WHERE id = 2"::formatted)
                .toArray(String[]::new);
    }

    private static List<String> orphans(Twin twin) {
        return IntStream.range(0, FAMILIES)
                .mapToObj("t%02d_c"::formatted)
                .filter(
                        c ->
                                !twin.read(twin.target(), "SELECT id FROM " + c + " WHERE id = 2")
                                        .isEmpty())
                .toList();
    }
}
