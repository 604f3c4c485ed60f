import io.bactrian.data.ColumnMapper;
import io.bactrian.schema.Column;
import io.bactrian.schema.Table;
import java.util.Optional;
import org.apache.camel.builder.RouteBuilder;

/**
 * Customers without what tells who they are: a target for tests and reports. Values are made by the
 * source's server, so that none of them ever leaves it; verify compares what they are made into.
 * Copy this file into {@code routes/}, or make a jar of it where there is no compiler
 * (docs/extending.md); name table and columns.
 */
public class MaskedCustomers extends RouteBuilder implements ColumnMapper {
    private static final String TABLE = "customer";

    @Override
    public void configure() {
        getContext().getRegistry().bind("masked-customers", ColumnMapper.class, this);
    }

    @Override
    public Optional<Change> map(Table table, Column column) {
        if (!table.name().equals(TABLE)) {
            return Optional.empty();
        }
        return switch (column.name()) {
            case "name" -> Optional.of(Change.mask("CONCAT('Customer ', id)"));
            // unique as the key is; the same address is the same mask in every run
            case "email" -> Optional.of(Change.mask("CONCAT('customer', id, '@example.com')"));
            case "born" -> Optional.of(Change.mask("MAKEDATE(YEAR(born), 1)"));
            case "note" -> Optional.of(Change.leaveOut());
            default -> Optional.empty();
        };
    }
}
