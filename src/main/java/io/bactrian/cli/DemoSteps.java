package io.bactrian.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Steps that are shown while they go on, each under the command a person would type for it. */
final class DemoSteps {
    private final PrintWriter out;
    private final List<Done> done = new ArrayList<>();

    DemoSteps(PrintWriter out) {
        this.out = out;
    }

    /**
     * One step, for the JSON document.
     *
     * @param command as typed behind {@code bactrian}
     * @param report what the step itself reports
     */
    record Done(String command, double seconds, Object report) {}

    /** Does what comes before the first step. */
    <T> T prepare(String words, Supplier<T> work) {
        out.print(words + " ... ");
        out.flush();
        long start = System.nanoTime();
        T result = work.get();
        out.println(Units.seconds(since(start)));
        out.flush();
        return result;
    }

    /** Does one step and shows its report. */
    <T> T step(String command, String words, Supplier<T> work, Function<T, String> text) {
        out.printf("%n%d. bactrian %s%n   %s%n%n", done.size() + 1, command, words);
        out.flush();
        long start = System.nanoTime();
        T report = work.get();
        double seconds = since(start);
        done.add(new Done(command, seconds, report));
        text.apply(report).lines().forEach(line -> out.println(line.isEmpty() ? "" : "   " + line));
        out.printf("   (%s)%n", Units.seconds(seconds));
        out.flush();
        return report;
    }

    /** Says something between steps. */
    void say(String words, List<String> lines) {
        out.printf("%n%s%n", words);
        lines.forEach(line -> out.println("   - " + line));
        out.flush();
    }

    List<Done> done() {
        return List.copyOf(done);
    }

    private static double since(long start) {
        return Math.round((System.nanoTime() - start) / 1e6) / 1e3;
    }
}
