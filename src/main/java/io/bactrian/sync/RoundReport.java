package io.bactrian.sync;

import java.util.Map;

/**
 * What a round came to.
 *
 * @param tables counts of the tables that had changes
 * @param total their sum
 * @param pending changes on both sides that are still to be carried
 * @param waiting rows on both sides that wait for a decision
 * @param refused rows on both sides that the other refused
 * @param converged whether all rows that were touched were found the same on both sides, and
 *     nothing is left to do
 * @param differing of the touched rows, those that are not the same though nobody changed them
 * @param clockOffset seconds by which the remote server's clock is ahead
 */
public record RoundReport(
        Map<String, Counts> tables,
        Counts total,
        long pending,
        long waiting,
        long refused,
        boolean converged,
        long differing,
        double clockOffset) {
    public RoundReport {
        tables = Map.copyOf(tables);
    }
}
