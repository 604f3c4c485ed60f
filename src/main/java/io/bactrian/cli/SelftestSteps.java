package io.bactrian.cli;

import io.bactrian.error.ReplicationException;
import io.bactrian.state.Failure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Steps of a selftest, each told as it ends. */
final class SelftestSteps {
    private final PrintWriter out;
    private final List<Step> done = new ArrayList<>();

    SelftestSteps(PrintWriter out) {
        this.out = out;
    }

    /**
     * One step.
     *
     * @param failure why it failed, or null
     */
    record Step(String part, String step, boolean ok, double seconds, Failure failure) {}

    /** Does one step. Returns whether it went well. */
    boolean step(String part, String words, Runnable work) {
        long start = System.nanoTime();
        Failure failure = null;
        try {
            work.run();
        } catch (ReplicationException e) {
            failure = Failure.of(e);
        }
        double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        done.add(new Step(part, words, failure == null, seconds, failure));
        out.printf("%-6s  %s: %s%n", failure == null ? "ok" : "failed", part, words);
        if (failure != null) {
            out.printf("        %s: %s%n", failure.object(), failure.message());
        }
        out.flush();
        return failure == null;
    }

    List<Step> done() {
        return List.copyOf(done);
    }
}
