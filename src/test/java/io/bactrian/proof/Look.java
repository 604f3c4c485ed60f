package io.bactrian.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.law.Twin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * All that is in a schema, to the bit, by the server's own words: none of the product's readers or
 * comparisons looks.
 *
 * @param objects each table's SHOW CREATE TABLE, then one line a view, trigger, routine and event
 * @param rows of each table, sorted; a row that is there twice comes twice
 */
record Look(Map<String, String> objects, Map<String, List<String>> rows) {
    private static final List<String> LISTS =
            List.of(
                    "SELECT CONCAT_WS(' ', table_name, check_option, is_updatable, security_type, view_definition)"
                            + " FROM information_schema.views WHERE table_schema = DATABASE() ORDER BY 1",
                    "SELECT CONCAT_WS(' ', trigger_name, action_order, action_timing, event_manipulation,"
                            + " event_object_table, action_statement, definer, sql_mode)"
                            + " FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1",
                    "SELECT CONCAT_WS(' ', routine_type, routine_name, dtd_identifier, routine_definition, definer)"
                            + " FROM information_schema.routines WHERE routine_schema = DATABASE() ORDER BY 1",
                    "SELECT CONCAT_WS(' ', event_name, interval_value, interval_field, event_definition)"
                            + " FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1");

    static Look atSource(Twin twin) {
        return at(twin, twin.source());
    }

    static Look atTarget(Twin twin) {
        return at(twin, twin.target());
    }

    private static Look at(Twin twin, Server server) {
        Map<String, String> objects = new LinkedHashMap<>();
        Map<String, List<String>> rows = new LinkedHashMap<>();
        for (String table : twin.tables(server)) {
            String create = twin.read(server, "SHOW CREATE TABLE " + Twin.quote(table), 2).get(0);
            objects.put(table, create.replaceFirst(" AUTO_INCREMENT=\\d+", ""));
            rows.put(table, twin.rows(server, table));
        }
        for (String list : LISTS) {
            objects.put(
                    list,
                    twin.read(server, list).stream()
                            .map(object -> object.replace('\n', ' '))
                            .collect(Collectors.joining("\n")));
        }
        return new Look(objects, rows);
    }

    /** Fails with what is only here and only there, without all that is the same. */
    void requireSame(Look expected) {
        assertThat(onlyIn(this, expected)).isEqualTo(onlyIn(expected, this));
    }

    private static Map<String, Object> onlyIn(Look one, Look other) {
        Map<String, Object> only = new LinkedHashMap<>(one.objects);
        only.entrySet().removeAll(other.objects.entrySet());
        one.rows.forEach(
                (table, rows) -> {
                    List<String> more = new ArrayList<>(rows);
                    other.rows.getOrDefault(table, List.of()).forEach(more::remove);
                    only.put("rows of " + table, more);
                });
        return only;
    }

    /** Without the accounts that made it. */
    Look ofAnybody() {
        Map<String, String> objects = new LinkedHashMap<>(this.objects);
        objects.replaceAll((name, text) -> text.replaceAll(" \\w+@\\S+", ""));
        return new Look(objects, rows);
    }

    /** Without what sync keeps, its triggers, and the accounts that made the two sides. */
    Look ofUser() {
        Map<String, String> objects = new LinkedHashMap<>(ofAnybody().objects);
        Map<String, List<String>> rows = new LinkedHashMap<>(this.rows);
        objects.keySet().removeIf(name -> name.startsWith("sync_"));
        rows.keySet().removeIf(name -> name.startsWith("sync_"));
        objects.replaceAll(
                (name, text) ->
                        String.join(
                                "\n",
                                text.lines().filter(l -> !l.matches("bactrian_.*")).toList()));
        return new Look(objects, rows);
    }
}
