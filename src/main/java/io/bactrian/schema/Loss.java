package io.bactrian.schema;

import java.util.ArrayList;
import java.util.List;

/** Tells why a change may lose data. */
public final class Loss {
    private Loss() {}

    /**
     * The reasons, in the order of the changes, each naming its column; empty if every value
     * survives.
     */
    public static List<String> of(Table actual, Table wanted, List<Change> changes) {
        List<String> reasons = new ArrayList<>();
        for (Change change : changes) {
            if (change instanceof Change.DropColumn drop) {
                dropped(wanted, drop.column(), reasons);
            } else if (change instanceof Change.ModifyColumn modify && !modify.isMove()) {
                modified(actual, wanted, modify, reasons);
            } else if (change instanceof Change.ModifyColumn modify) {
                charset(actual, wanted, modify, reasons);
            } else if (change instanceof Change.SetOptions set) {
                engine(set.options().get("ENGINE"), reasons);
            }
        }
        return List.copyOf(reasons);
    }

    private static void dropped(Table wanted, Column column, List<String> reasons) {
        boolean comesBack =
                wanted.columns().stream().anyMatch(c -> c.name().equalsIgnoreCase(column.name()));
        boolean stays = comesBack && wanted.column(column.name()).isGenerated();
        if (!comesBack && !column.isGenerated()) {
            reasons.add("column " + column.name() + " is dropped with its values");
        } else if (comesBack && !(stays && column.isGenerated())) {
            reasons.add(
                    "column "
                            + column.name()
                            + " is made anew, "
                            + (stays
                                    ? "its values are computed from now on"
                                    : "the values computed so far are not kept"));
        }
    }

    private static void modified(
            Table actual, Table wanted, Change.ModifyColumn modify, List<String> reasons) {
        Column from = modify.actual();
        Column to = modify.wanted();
        String name = "column " + from.name();
        if (!from.isGenerated() && to.isGenerated()) {
            reasons.add(name + " is computed from now on, its values are replaced");
            return;
        }
        if (from.isGenerated() && to.isGenerated()) {
            return;
        }
        if (!Widening.holdsAll(actual, from, wanted, to)) {
            reasons.add(name + ": " + to.type() + " cannot hold every " + from.type());
        }
        charset(actual, wanted, modify, reasons);
        if (from.nullable() && !to.nullable()) {
            reasons.add(name + " no longer takes NULL");
        }
        if (to.srid() != null && !to.srid().equals(from.srid())) {
            reasons.add(name + " takes only SRID " + to.srid());
        }
    }

    private static void charset(
            Table actual, Table wanted, Change.ModifyColumn modify, List<String> reasons) {
        Column from = modify.actual();
        Column to = modify.wanted();
        if (Charsets.isText(from) && Charsets.isText(to)) {
            String old = actual.charsetOf(from);
            String other = wanted.charsetOf(to);
            if (!Charsets.holdsAll(old, other)) {
                reasons.add(
                        "column "
                                + from.name()
                                + ": character set "
                                + other
                                + " cannot hold every text in "
                                + old);
            }
        }
    }

    private static void engine(String engine, List<String> reasons) {
        if ("BLACKHOLE".equalsIgnoreCase(engine) || "MEMORY".equalsIgnoreCase(engine)) {
            reasons.add("engine " + engine + " does not keep rows");
        }
    }
}
