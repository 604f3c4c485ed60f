import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bactrian.sync.ConflictResolver;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;

/**
 * Two shops sell from one stock: where both changed a counter, what each took or added counts, and
 * neither shop's sales are lost. Copy this file into {@code routes/}, and name table and column.
 */
public class StockCounters extends RouteBuilder {
    private static final String TABLE = "stock";
    private static final String COUNTER = "pieces";

    @Override
    public void configure() {
        getContext().getRegistry().bind("stock-counters", ConflictResolver.class, new AddingUp());
    }

    private static final class AddingUp implements ConflictResolver {
        @Override
        public boolean decides(String table) {
            return table.equals(TABLE);
        }

        @Override
        public Optional<ObjectNode> resolve(Disputed row) {
            if (row.base() == null) {
                // nobody knows what they began with: the strategy that is set decides
                return Optional.empty();
            }
            long base = row.base().path(COUNTER).asLong();
            long sum =
                    row.local().path(COUNTER).asLong() + row.remote().path(COUNTER).asLong() - base;
            return Optional.of(row.remote().objectNode().put(COUNTER, sum));
        }
    }
}
