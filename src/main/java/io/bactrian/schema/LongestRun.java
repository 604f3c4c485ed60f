package io.bactrian.schema;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The longest rising subsequence: of columns in another order, those that may stay while the fewest
 * others move.
 */
final class LongestRun {
    private LongestRun() {}

    /** The values that belong to it; values are distinct. */
    static Set<Integer> of(List<Integer> values) {
        int[] length = new int[values.size()];
        int[] previous = new int[values.size()];
        int best = -1;
        for (int i = 0; i < values.size(); i++) {
            length[i] = 1;
            previous[i] = -1;
            for (int j = 0; j < i; j++) {
                if (values.get(j) < values.get(i) && length[j] + 1 > length[i]) {
                    length[i] = length[j] + 1;
                    previous[i] = j;
                }
            }
            if (best < 0 || length[i] > length[best]) {
                best = i;
            }
        }
        Set<Integer> run = new HashSet<>();
        for (int i = best; i >= 0; i = previous[i]) {
            run.add(values.get(i));
        }
        return run;
    }
}
