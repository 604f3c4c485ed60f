package io.bactrian.sync;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A strategy of one's own, for rows that both sides changed. Those in Camel's registry are asked,
 * then those that {@link java.util.ServiceLoader} finds; the first that decides about a table does.
 */
public interface ConflictResolver {
    /**
     * A row that both sides changed and both still have. Columns as in {@code conflicts show}:
     * numbers to their last digit, binary values in hex.
     *
     * @param recordId the key's value, or of a composite key a JSON array of them
     * @param base the row when both last agreed; null if that is not known, as with keys-only
     *     capture or where both inserted it
     */
    record Disputed(
            String table, String recordId, ObjectNode base, ObjectNode local, ObjectNode remote) {}

    /** Whether it decides about rows of a table. */
    boolean decides(String table);

    /**
     * The columns that the row is to have on both sides, where they are to be other than remote's.
     * Key columns and {@code version} are left as they must be. Both rows are kept in a conflict.
     * It may be asked more than once about one row and has to answer alike; what it throws leaves
     * the row waiting and is told in the dead letters.
     *
     * @return empty to leave it to the strategy that is set
     */
    Optional<ObjectNode> resolve(Disputed row);
}
