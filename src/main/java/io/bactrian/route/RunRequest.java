package io.bactrian.route;

import io.bactrian.config.TableFilter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a caller of the daemon wants run, read and checked.
 *
 * @param command as the command line calls it: {@code replicate}, {@code backup create}
 * @param source name of the database read, or null
 * @param target name of the database written, or null
 * @param change what is changed, for the audit log; null if nothing is
 * @param again the command line that goes on with it or repeats it
 * @param work does it
 */
public record RunRequest(
        String command,
        String source,
        String target,
        TableFilter tables,
        String change,
        List<String> again,
        Work work) {

    /** What is done, under the id of the run. */
    @FunctionalInterface
    public interface Work {
        Outcome run(Pipelines pipelines, String runId);
    }

    /** Whether it may be started while {@code other} is going on: they share no database. */
    boolean isApart(RunRequest other) {
        Set<String> mine = databases();
        Set<String> others = other.databases();
        if (mine.size() == 2 && others.size() == 2) {
            return !mine.equals(others);
        }
        return mine.stream().noneMatch(others::contains);
    }

    /** The names of the databases that it works on. */
    Set<String> databases() {
        Set<String> names = new LinkedHashSet<>();
        if (source != null) {
            names.add(source);
        }
        if (target != null) {
            names.add(target);
        }
        return names;
    }
}
