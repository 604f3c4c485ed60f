package io.bactrian.structure;

import io.bactrian.schema.Identifiers;
import io.bactrian.schema.Schema;
import io.bactrian.schema.StoredObject;
import io.bactrian.schema.StoredObject.Type;
import io.bactrian.sql.Ddl;
import io.bactrian.sql.DdlSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Plans what concerns routines, views, triggers and events. */
final class ObjectPlanner {
    private final Schema source;
    private final Schema target;
    private final StructureOptions options;

    ObjectPlanner(Schema source, Schema target, StructureOptions options) {
        this.source = source;
        this.target = target;
        this.options = options;
    }

    void plan(Map<Phase, List<Statement>> phases) {
        phases.put(Phase.ROUTINES, new ArrayList<>(plain(Type.FUNCTION)));
        phases.get(Phase.ROUTINES).addAll(plain(Type.PROCEDURE));
        phases.put(Phase.VIEWS, views());
        phases.put(Phase.TRIGGERS, triggers());
        phases.put(Phase.EVENTS, plain(Type.EVENT));
        if (options.dropExtra()) {
            List<Statement> drops = new ArrayList<>(phases.getOrDefault(Phase.DROPS, List.of()));
            target.objects().stream().filter(this::isToDrop).forEach(o -> drops.add(drop(o)));
            phases.put(Phase.DROPS, drops);
        }
    }

    /** Extra, and not gone already: with its table, or for a table of its name. */
    private boolean isToDrop(StoredObject object) {
        boolean extra = source.object(object.type(), object.name()).isEmpty();
        return switch (object.type()) {
            case TRIGGER -> extra && source.table(object.trigger().table()).isPresent();
            case VIEW -> extra && source.table(object.name()).isEmpty();
            default -> extra;
        };
    }

    private static Statement drop(StoredObject object) {
        String what = object.type().name().toLowerCase(Locale.ROOT);
        return Statement.of(
                object.name(),
                List.of(Ddl.drop(object)),
                List.of(what + " " + object.name() + " is dropped"));
    }

    private List<Statement> plain(Type type) {
        List<Statement> statements = new ArrayList<>();
        for (StoredObject wanted : source.objects(type)) {
            Optional<StoredObject> there = target.object(type, wanted.name());
            if (there.isEmpty() || !wanted.isMetBy(there.get(), target.accounts())) {
                statements.add(
                        create(wanted, there.map(o -> List.of(Ddl.drop(o))).orElse(List.of())));
            }
        }
        return statements;
    }

    private List<Statement> views() {
        List<Statement> statements = new ArrayList<>();
        Map<String, StoredObject> waiting = new LinkedHashMap<>();
        source.objects(Type.VIEW).forEach(v -> waiting.put(v.name(), v));
        while (!waiting.isEmpty()) {
            view(waiting.values().iterator().next(), waiting, statements);
        }
        return statements;
    }

    /** Views it reads from first. */
    private void view(
            StoredObject view, Map<String, StoredObject> waiting, List<Statement> statements) {
        waiting.remove(view.name());
        for (String name : Identifiers.quotedIn(view.create())) {
            StoredObject other = waiting.get(name);
            if (other != null) {
                view(other, waiting, statements);
            }
        }
        Optional<StoredObject> there = target.object(Type.VIEW, view.name());
        if (there.isEmpty() || !view.isMetBy(there.get(), target.accounts())) {
            statements.add(create(view, there.map(o -> List.of(Ddl.drop(o))).orElse(List.of())));
        }
    }

    /** A trigger made anew fires last, so those behind it must be made anew too. */
    private List<Statement> triggers() {
        List<Statement> statements = new ArrayList<>();
        Map<List<String>, Integer> last = new HashMap<>();
        for (StoredObject wanted : source.objects(Type.TRIGGER)) {
            if (options.pending().contains(wanted.trigger().table())) {
                // the copy has taken it off and gives it back; before, it would change the rows
                continue;
            }
            List<String> group = List.of(wanted.trigger().table(), wanted.trigger().moment());
            int before = last.getOrDefault(group, 0);
            Optional<StoredObject> there = target.object(Type.TRIGGER, wanted.name());
            if (there.isPresent()
                    && wanted.isMetBy(there.get(), target.accounts())
                    && there.get().trigger().order() > before) {
                last.put(group, there.get().trigger().order());
            } else {
                last.put(group, Integer.MAX_VALUE);
                statements.add(
                        create(wanted, there.map(o -> List.of(Ddl.drop(o))).orElse(List.of())));
            }
        }
        return statements;
    }

    private Statement create(StoredObject object, List<String> before) {
        boolean unknownDefiner =
                target.accounts() != null && !target.accounts().contains(object.definer());
        List<String> plain = with(before, object.createAs(null));
        List<String> notes =
                unknownDefiner
                        ? List.of(
                                object.name()
                                        + ": the definer "
                                        + object.definer()
                                        + " is not on the target, the account that copies is its definer there")
                        : List.of();
        return new Statement(
                object.name(),
                unknownDefiner ? plain : with(before, object.createAs(object.definer())),
                unknownDefiner ? null : List.of(object.createAs(null)),
                List.of(),
                notes,
                DdlSession.object(object));
    }

    private static List<String> with(List<String> before, String create) {
        List<String> all = new ArrayList<>(before);
        all.add(create);
        return all;
    }
}
