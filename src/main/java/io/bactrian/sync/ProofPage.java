package io.bactrian.sync;

import io.bactrian.sql.SyncLog.Change;
import java.util.List;

/**
 * Some rows of one table that a round touched, to be compared. It is safe to compare them twice.
 *
 * @param side whose log has the changes
 */
public record ProofPage(Side side, String table, List<Change> changes) {
    public ProofPage {
        changes = List.copyOf(changes);
    }
}
