package io.bactrian.analyze;

import java.util.List;

/**
 * What is different between two databases' structures, in the shape it is shown in.
 *
 * @param equal whether nothing is missing, extra or different; findings do not count
 * @param tables all tables of both sides, in name order
 * @param objects the database itself, routines, views, triggers and events of both sides
 */
public record Analysis(
        boolean equal,
        List<TableComparison> tables,
        List<ObjectComparison> objects,
        List<Finding> findings) {

    /** How a thing of one side is found on the other. */
    public enum Status {
        EQUAL,
        /** Only on the source. */
        MISSING,
        /** Only on the target. */
        EXTRA,
        DIFFERENT
    }

    /** One table of either side. {@code differences} is empty unless it is DIFFERENT. */
    public record TableComparison(String table, Status status, List<Difference> differences) {
        public TableComparison {
            differences = List.copyOf(differences);
        }
    }

    /**
     * One thing inside a table.
     *
     * @param kind {@code column}, {@code column order}, {@code index}, {@code index order}, {@code
     *     foreign key}, {@code check}, {@code option} or {@code partitioning}
     * @param name empty where there is one of the kind only
     * @param source its definition there, or null if it has none
     * @param target as {@code source}
     */
    public record Difference(String kind, String name, String source, String target) {}

    /**
     * One thing that is not a table.
     *
     * @param type {@code DATABASE}, {@code VIEW}, {@code PROCEDURE}, {@code FUNCTION}, {@code
     *     TRIGGER} or {@code EVENT}
     */
    public record ObjectComparison(String type, String name, Status status) {}

    public Analysis {
        tables = List.copyOf(tables);
        objects = List.copyOf(objects);
        findings = List.copyOf(findings);
    }
}
