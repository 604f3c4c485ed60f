package io.bactrian.schema;

import java.util.List;

/**
 * A foreign key, on its child table.
 *
 * @param parentSchema schema of the parent where it is another one than the child's, else null
 * @param onDelete {@code CASCADE}, {@code SET NULL}, {@code RESTRICT}, {@code NO ACTION}, {@code
 *     SET DEFAULT}, or null
 * @param onUpdate as {@code onDelete}
 */
public record ForeignKey(
        String name,
        List<String> columns,
        String parentSchema,
        String parent,
        List<String> parentColumns,
        String onDelete,
        String onUpdate) {

    public ForeignKey {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }
}
