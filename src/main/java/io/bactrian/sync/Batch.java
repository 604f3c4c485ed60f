package io.bactrian.sync;

import java.util.List;

/**
 * Some changed rows of one table, to be carried to the other side. It is safe to run twice.
 *
 * @param round id of the round
 * @param from the side that changed them
 * @param records record ids as the log has them
 */
public record Batch(String round, String table, Side from, Phase phase, List<String> records) {
    public Batch {
        records = List.copyOf(records);
    }
}
