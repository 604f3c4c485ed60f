package io.bactrian.cli;

import io.bactrian.config.DatabaseSettings;
import io.bactrian.config.Settings;
import io.bactrian.route.Canary;
import io.bactrian.sql.Database;
import io.bactrian.sql.ServerFacts;
import io.bactrian.state.Run.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "check",
        description = {
            "Tells what is in the way: connection, privileges, settings, keys, clocks.",
            "For privileges that are missing it prints the GRANT to paste. Changes nothing."
        },
        footer = {
            "",
            "Without names it checks the source and the target.",
            "",
            "Examples:",
            "  bactrian check",
            "  bactrian check remote --json",
            "  bactrian check --canary"
        })
final class CheckCommand extends Verb {
    @Parameters(arity = "0..*", paramLabel = "NAME", description = "Names of databases.")
    private List<String> names = List.of();

    @Option(
            names = "--canary",
            description =
                    "Send every type's extremes from the source to the target and back, in temporary tables.")
    private boolean canary;

    @Override
    protected Answer run(RunContext context) {
        Settings settings = context.settings();
        List<DatabaseSettings> wanted =
                (names.isEmpty() ? List.of(settings.source(), settings.target()) : names)
                        .stream().distinct().map(settings::database).toList();
        List<Checkup> checkups = wanted.stream().map(d -> check(settings, d)).toList();
        List<Finding> ofPair = new ArrayList<>(pair(settings, checkups));
        Canary.Report flown =
                canary && checkups.stream().allMatch(Checkup::answered) ? send(settings) : null;
        if (flown != null) {
            ofPair.addAll(findings(flown));
        }
        return answer(settings, checkups, ofPair, flown);
    }

    private static Canary.Report send(Settings settings) {
        Duration timeout = settings.connectionTimeout();
        try (Database source = Database.open(settings.database(settings.source()), 2, timeout);
                Database target = Database.open(settings.database(settings.target()), 1, timeout)) {
            return Canary.send(source, target);
        }
    }

    private static List<Finding> findings(Canary.Report flown) {
        if (flown.leftOut() != null) {
            return List.of(
                    Finding.warning(
                            "canary",
                            "is left out: " + flown.leftOut(),
                            "without it a type is first tried by your rows"));
        }
        return flown.refused().stream()
                .map(
                        r ->
                                Finding.error(
                                        "canary",
                                        r.type() + " does not come back bit for bit: " + r.reason(),
                                        flown.cause()))
                .toList();
    }

    private static Checkup check(Settings settings, DatabaseSettings database) {
        boolean source = isSource(settings, database);
        boolean target = isTarget(settings, database);
        return Checkup.of(database, source, target, settings.connectionTimeout());
    }

    /** A database that has no part by itself is looked at as both. */
    private static boolean isSource(Settings settings, DatabaseSettings database) {
        return !database.name().equals(settings.target());
    }

    private static boolean isTarget(Settings settings, DatabaseSettings database) {
        return !database.name().equals(settings.source());
    }

    private static List<Finding> pair(Settings settings, List<Checkup> checkups) {
        Map<String, Checkup> answered = new LinkedHashMap<>();
        checkups.stream()
                .filter(Checkup::answered)
                .forEach(c -> answered.put(c.database().name(), c));
        Checkup source = answered.get(settings.source());
        Checkup target = answered.get(settings.target());
        return source == null || target == null ? List.of() : PairCheck.of(source, target);
    }

    private static Answer answer(
            Settings settings, List<Checkup> checkups, List<Finding> ofPair, Canary.Report flown) {
        List<Finding> all = new ArrayList<>(ofPair);
        checkups.forEach(c -> all.addAll(c.findings()));
        boolean failed = all.stream().anyMatch(f -> f.severity() == Finding.Severity.ERROR);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("databases", checkups.stream().map(c -> fields(settings, c)).toList());
        fields.put("findings", ofPair);
        fields.put("canary", flown);
        String text = text(settings, checkups, ofPair);
        return Answer.of(
                failed ? Result.FAILED : Result.OK,
                fields,
                flown == null || flown.types() == 0 ? text : text + "\n" + came(flown));
    }

    private static String came(Canary.Report flown) {
        int back = flown.types() - flown.refused().size();
        return "canary: "
                + back
                + " of "
                + flown.types()
                + " types went there and came back bit for bit, in "
                + Units.seconds(flown.seconds());
    }

    private static Map<String, Object> fields(Settings settings, Checkup checkup) {
        Map<String, Object> fields = new LinkedHashMap<>();
        DatabaseSettings database = checkup.database();
        ServerFacts facts = checkup.facts();
        fields.put("name", database.name());
        fields.put("address", database.host() + ":" + database.port());
        fields.put("schema", database.database());
        fields.put("source", isSource(settings, database));
        fields.put("target", isTarget(settings, database));
        fields.put("connected", checkup.answered());
        fields.put("version", facts == null ? null : facts.version());
        fields.put("account", facts == null ? null : facts.account());
        fields.put("clock_offset_seconds", facts == null ? null : offset(facts));
        fields.put("tables", facts == null ? null : checkup.tables().size());
        fields.put("findings", checkup.findings());
        return fields;
    }

    private static String text(Settings settings, List<Checkup> checkups, List<Finding> ofPair) {
        List<String> lines = new ArrayList<>();
        for (Checkup checkup : checkups) {
            lines.add(checkup.database().toString());
            ServerFacts facts = checkup.facts();
            if (facts != null) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "  version %s as %s, %d tables, clock %+.3f s",
                                facts.version(),
                                facts.account(),
                                checkup.tables().size(),
                                offset(facts)));
            }
            lines.addAll(lines(checkup.findings()));
        }
        if (!ofPair.isEmpty()) {
            lines.add(settings.source() + " and " + settings.target() + " together");
            lines.addAll(lines(ofPair));
        }
        return String.join("\n", lines);
    }

    private static List<String> lines(List<Finding> findings) {
        if (findings.isEmpty()) {
            return List.of("  nothing amiss");
        }
        List<String> lines = new ArrayList<>();
        for (Finding finding : findings) {
            lines.add(
                    "  "
                            + finding.severity().name().toLowerCase(Locale.ROOT)
                            + ": "
                            + finding.about()
                            + " "
                            + finding.message());
            if (!finding.advice().isEmpty()) {
                lines.add("    " + finding.advice());
            }
        }
        return lines;
    }

    private static double offset(ServerFacts facts) {
        return facts.clockOffset().toMillis() / 1000.0;
    }
}
