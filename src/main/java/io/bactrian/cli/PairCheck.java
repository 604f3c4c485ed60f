package io.bactrian.cli;

import io.bactrian.sql.TableFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with a source and a target as a pair, each fine by itself. */
final class PairCheck {
    private static final Duration CLOCKS_APART = Duration.ofSeconds(1);

    private PairCheck() {}

    /** Findings about a pair that both answered. */
    static List<Finding> of(Checkup source, Checkup target) {
        List<Finding> findings = new ArrayList<>();
        if (target.facts().maxAllowedPacket() < source.facts().maxAllowedPacket()) {
            findings.add(
                    Finding.warning(
                            "max_allowed_packet",
                            "of the target, "
                                    + target.facts().maxAllowedPacket()
                                    + ", is less than the source's: a row that fits there may not"
                                    + " fit here",
                            "SET GLOBAL max_allowed_packet = "
                                    + source.facts().maxAllowedPacket()
                                    + ";"));
        }
        if (target.facts().lowerCaseTableNames() != source.facts().lowerCaseTableNames()) {
            findings.add(
                    Finding.warning(
                            "lower_case_table_names",
                            "is "
                                    + source.facts().lowerCaseTableNames()
                                    + " on the source and "
                                    + target.facts().lowerCaseTableNames()
                                    + " on the target: names that differ in case only may clash",
                            "set it the same when the data directory is made"));
        }
        List<String> keyless =
                source.tables().stream()
                        .filter(t -> t.primaryKey().isEmpty())
                        .map(TableFacts::name)
                        .toList();
        if (target.facts().requiresPrimaryKey() && !keyless.isEmpty()) {
            findings.add(
                    Finding.error(
                            "sql_require_primary_key",
                            "is ON on the target, but the source has tables without: "
                                    + String.join(", ", keyless),
                            "SET GLOBAL sql_require_primary_key = OFF;"));
        }
        Duration apart = target.facts().clockOffset().minus(source.facts().clockOffset()).abs();
        if (apart.compareTo(CLOCKS_APART) > 0) {
            findings.add(
                    Finding.warning(
                            "clocks",
                            "of the two servers are "
                                    + Units.seconds(apart.toMillis() / 1000.0)
                                    + " apart",
                            "set both by NTP; times of changes are compared with the offset measured"));
        }
        return findings;
    }
}
