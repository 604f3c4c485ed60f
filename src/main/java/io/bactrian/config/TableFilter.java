package io.bactrian.config;

import io.bactrian.error.ConfigException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Which tables are meant: a list of globs, of which {@code !glob} leaves out. A name is in if one
 * of the others matches it, or if there are no others, and none that leaves out does. {@code *}
 * stands for any text, {@code ?} for one character; case counts.
 */
public record TableFilter(List<String> globs) implements Predicate<String> {

    public static final TableFilter ALL = new TableFilter(List.of("*"));

    public TableFilter {
        globs = List.copyOf(globs);
    }

    /**
     * The filter of a comma list.
     *
     * @throws IllegalArgumentException if there is nothing in the list, or nothing between two
     *     commas
     */
    public static TableFilter parse(String list) {
        List<String> globs = Arrays.stream(list.split(",", -1)).map(String::strip).toList();
        if (globs.stream().anyMatch(g -> g.isEmpty() || g.equals("!"))) {
            throw new IllegalArgumentException("a glob is empty");
        }
        return new TableFilter(globs);
    }

    @Override
    public boolean test(String table) {
        return (including().isEmpty() || including().stream().anyMatch(g -> matches(g, table)))
                && excluding().stream().noneMatch(g -> matches(g, table));
    }

    /** The tables that are meant, in the order given. */
    public List<String> select(Collection<String> tables) {
        return tables.stream().filter(this).toList();
    }

    /**
     * The globs that should have named a table but match none of these; {@code *} is content with
     * none.
     */
    public List<String> unmatched(Collection<String> tables) {
        return including().stream()
                .filter(g -> !g.equals("*"))
                .filter(g -> tables.stream().noneMatch(t -> matches(g, t)))
                .toList();
    }

    /**
     * Refuses a glob that names no table.
     *
     * @param where what the tables are in, as the user names it
     * @throws ConfigException naming the globs without a table
     */
    public void requireMatches(Collection<String> tables, String where) {
        List<String> unmatched = unmatched(tables);
        if (!unmatched.isEmpty()) {
            throw new ConfigException(
                    Keys.TABLES.name(),
                    String.join(",", unmatched) + " matches no table in " + where,
                    hint(unmatched.get(0), tables));
        }
    }

    private static String hint(String glob, Collection<String> tables) {
        String near = Nearest.to(glob, tables);
        return near == null
                ? "'bactrian tables NAME' lists them; upper and lower case are different names"
                : "did you mean " + near + "?";
    }

    private List<String> including() {
        return globs.stream().filter(g -> !g.startsWith("!")).toList();
    }

    private List<String> excluding() {
        return globs.stream().filter(g -> g.startsWith("!")).map(g -> g.substring(1)).toList();
    }

    private static boolean matches(String glob, String table) {
        List<String> parts = new ArrayList<>();
        glob.codePoints().forEach(c -> parts.add(pattern(c)));
        return Pattern.compile(String.join("", parts), Pattern.DOTALL).matcher(table).matches();
    }

    private static String pattern(int character) {
        return switch (character) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(Character.toString(character));
        };
    }

    /** The comma list it was made from. */
    @Override
    public String toString() {
        return String.join(",", globs);
    }
}
