package io.bactrian.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression as one kind of server prints it in the words of the other. MySQL puts each
 * operation in parentheses and says the character set of a string; MariaDB does neither. Only what
 * is known to mean the same is translated: comparison, + - * /, AND, OR, IN, BETWEEN, LIKE, IS
 * NULL, and a few functions.
 */
final class Expression {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(`(?:[^`]|``)*`|(?:_utf8mb[34])?'(?:[^'\\\\]|'')*'"
                            + "|[0-9]+(?:\\.[0-9]+)?|[A-Za-z_][A-Za-z_0-9]*|<=>|<>|<=|>=|[-+*/=<>(),])");

    /** MySQL's names of functions, and MariaDB's where they differ. */
    private static final Map<String, String> FUNCTIONS = new HashMap<>();

    static {
        for (String same :
                List.of(
                        "abs",
                        "ceiling",
                        "char_length",
                        "coalesce",
                        "concat",
                        "floor",
                        "greatest",
                        "hex",
                        "ifnull",
                        "json_valid",
                        "least",
                        "md5",
                        "nullif",
                        "unhex",
                        "uuid")) {
            FUNCTIONS.put(same, same);
        }
        FUNCTIONS.put("length", "octet_length");
        FUNCTIONS.put("lower", "lcase");
        FUNCTIONS.put("upper", "ucase");
    }

    private static final int OR = 0;
    private static final int AND = 1;
    private static final int COMPARISON = 2;
    private static final int SUM = 3;
    private static final int PRODUCT = 4;
    private static final int ATOM = 5;
    private static final Set<String> SUMS = Set.of("+", "-");
    private static final Set<String> PRODUCTS = Set.of("*", "/");
    private static final Set<String> COMPARED = Set.of("=", "<>", "<", "<=", ">", ">=", "<=>");

    /** A part and how tightly its outermost operation binds. */
    private record Part(String text, int level) {}

    private final List<String> tokens = new ArrayList<>();
    private final boolean toMariaDb;
    private int at;

    private Expression(ServerKind kind) {
        toMariaDb = kind == ServerKind.MARIADB;
    }

    /** The text as a server of that kind prints it; empty if it is not known to have an equal. */
    static Optional<String> translate(String text, ServerKind kind) {
        Expression expression = new Expression(kind);
        Matcher token = TOKEN.matcher(text.strip());
        while (token.lookingAt()) {
            expression.tokens.add(token.group(1));
            token.region(token.end(), token.regionEnd());
        }
        if (!token.hitEnd() || token.regionStart() != token.regionEnd()) {
            return Optional.empty();
        }
        try {
            String translated = expression.or().text();
            return expression.at == expression.tokens.size()
                    ? Optional.of(translated)
                    : Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private String next() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean accept(String token) {
        if (next().equalsIgnoreCase(token)) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(String token) {
        if (!accept(token)) {
            throw new UnsupportedOperationException(token);
        }
    }

    private Part or() {
        return chain("or", OR, and());
    }

    private Part and() {
        return chain("and", AND, comparison());
    }

    /** MySQL has one pair of parentheses around all of a chain of ANDs or ORs. */
    private Part chain(String word, int level, Part first) {
        List<Part> parts = new ArrayList<>(List.of(first));
        while (accept(word)) {
            parts.add(level == OR ? and() : comparison());
        }
        if (parts.size() == 1) {
            return first;
        }
        return operation(
                String.join(" " + word + " ", parts.stream().map(p -> operand(p, level)).toList()),
                level);
    }

    private Part comparison() {
        if (accept("not")) {
            return notLike();
        }
        Part left = sum();
        if (COMPARED.contains(next())) {
            String sign = tokens.get(at++);
            return compared(left, sign + " " + operand(sum(), SUM));
        }
        if (accept("is")) {
            String not = accept("not") ? "not " : "";
            expect("null");
            return compared(left, "is " + not + "null");
        }
        String not = accept("not") ? "not " : "";
        if (accept("like")) {
            return like(left, !not.isEmpty());
        }
        if (accept("between")) {
            String low = operand(sum(), SUM);
            expect("and");
            return compared(left, not + "between " + low + " and " + operand(sum(), SUM));
        }
        if (accept("in")) {
            expect("(");
            return compared(left, not + "in (" + list() + ")");
        }
        if (!not.isEmpty()) {
            throw new UnsupportedOperationException("not");
        }
        return left;
    }

    /** MariaDB puts two blanks in front of NOT LIKE. */
    private Part like(Part left, boolean not) {
        if (toMariaDb || !not) {
            return compared(left, (not ? " not like " : "like ") + operand(sum(), SUM));
        }
        return operation("not(" + like(left, false).text() + ")", COMPARISON);
    }

    /** NOT LIKE as MySQL prints it; another NOT is told in too many ways. */
    private Part notLike() {
        int open = 0;
        while (accept("(")) {
            open++;
        }
        Part left = sum();
        expect("like");
        Part part = like(left, true);
        while (open-- > 0) {
            expect(")");
        }
        return part;
    }

    private Part compared(Part left, String rest) {
        return operation(operand(left, SUM) + " " + rest, COMPARISON);
    }

    private Part sum() {
        return leftToRight(SUMS, SUM, this::product);
    }

    private Part product() {
        return leftToRight(PRODUCTS, PRODUCT, this::atom);
    }

    /** Operands of one level, which binds less tightly than they do. */
    private Part leftToRight(Set<String> signs, int level, Supplier<Part> operand) {
        Part left = operand.get();
        while (signs.contains(next())) {
            String sign = tokens.get(at++);
            left =
                    operation(
                            operand(left, level)
                                    + " "
                                    + sign
                                    + " "
                                    + operand(operand.get(), level + 1),
                            level);
        }
        return left;
    }

    private Part operation(String text, int level) {
        return toMariaDb ? new Part(text, level) : new Part("(" + text + ")", ATOM);
    }

    /** A part where one that binds at least so tightly is needed. */
    private static String operand(Part part, int level) {
        return part.level() < level ? "(" + part.text() + ")" : part.text();
    }

    private Part atom() {
        if (accept("(")) {
            Part inner = or();
            expect(")");
            return inner;
        }
        String token = next();
        at++;
        if (token.matches("(?s)`.*`|[0-9].*") || token.equalsIgnoreCase("null")) {
            return new Part(token, ATOM);
        }
        int quote = token.indexOf('\'');
        if (quote >= 0) {
            return new Part((toMariaDb ? "" : "_utf8mb4") + token.substring(quote), ATOM);
        }
        String name = function(token);
        expect("(");
        return new Part(name + "(" + (accept(")") ? "" : list()) + (")"), ATOM);
    }

    /** What is between parentheses, the closing one too. */
    private String list() {
        List<String> parts = new ArrayList<>();
        do {
            parts.add(or().text());
        } while (accept(","));
        expect(")");
        return String.join(",", parts);
    }

    private String function(String name) {
        for (Map.Entry<String, String> function : FUNCTIONS.entrySet()) {
            if (function.getKey().equalsIgnoreCase(name)
                    || function.getValue().equalsIgnoreCase(name)) {
                return toMariaDb ? function.getValue() : function.getKey();
            }
        }
        throw new UnsupportedOperationException(name);
    }
}
