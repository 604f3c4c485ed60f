package io.bactrian.law;

import java.util.List;

/** Tables of the model: few rows and few values, so that both sides often mean the same ones. */
enum ModelShape {
    PLAIN(
            table(
                    "plain",
                    "CREATE TABLE plain (id INT PRIMARY KEY, v INT, a INT, b VARCHAR(9), version BIGINT NOT NULL DEFAULT 1,"
                            + " last_modified TIMESTAMP(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6))",
                    List.of(integer("id")),
                    integer("a"),
                    text("b"))),
    TYPES(
            table(
                    "types",
                    "CREATE TABLE types (id BIGINT UNSIGNED PRIMARY KEY, v INT, ts TIMESTAMP(3) NULL, d DECIMAL(20, 6), f FLOAT, j JSON,"
                            + " c VARCHAR(9) CHARACTER SET latin1, half INT AS (v DIV 2), last_modified DATETIME(3))",
                    List.of(integer("id")),
                    text("c"),
                    computed("ts", "FROM_UNIXTIME(1700000000 + %d * 3600 + 0.5)"),
                    computed("d", "%d / 7"),
                    computed("f", "%d / 3e0"),
                    computed("j", "JSON_OBJECT('n', %d, 'e', 1.50)"))),
    CASELESS(
            table(
                    "caseless",
                    "CREATE TABLE caseless (k VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci PRIMARY KEY, v INT,"
                            + " w VARCHAR(9) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci UNIQUE)",
                    List.of(text("k")),
                    text("w"))),
    COMPOSITE(
            table(
                    "composite",
                    "CREATE TABLE composite (a INT, b VARCHAR(9) CHARACTER SET latin1, v INT, u INT, version INT UNSIGNED NULL,"
                            + " PRIMARY KEY (b, a), UNIQUE (u, a))",
                    List.of(text("b"), integer("a")),
                    unique("u"))),
    BINARY(
            table(
                    "bins",
                    "CREATE TABLE bins (k VARBINARY(4) PRIMARY KEY, v INT, u INT UNIQUE, x BINARY(3))",
                    List.of(binary("k")),
                    unique("u"),
                    binary("x"))),
    UNIQUES(
            table(
                    "uniques",
                    "CREATE TABLE uniques (id INT PRIMARY KEY, v INT, u INT UNIQUE, w INT NOT NULL UNIQUE,"
                            + " version BIGINT UNSIGNED NOT NULL DEFAULT 1)",
                    List.of(integer("id")),
                    unique("u"),
                    unique("w"))),
    FAMILY(
            table(
                    "parent",
                    "CREATE TABLE parent (id INT PRIMARY KEY, v INT, u INT UNIQUE)",
                    List.of(integer("id")),
                    unique("u")),
            table(
                    "owned",
                    "CREATE TABLE owned (id INT PRIMARY KEY, v INT, p INT, version BIGINT NOT NULL DEFAULT 1,"
                            + " FOREIGN KEY (p) REFERENCES parent (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                    List.of(integer("id")),
                    integer("p")),
            table(
                    "loose",
                    "CREATE TABLE loose (id INT PRIMARY KEY, v INT, p INT,"
                            + " FOREIGN KEY (p) REFERENCES parent (id) ON DELETE SET NULL ON UPDATE CASCADE)",
                    List.of(integer("id")),
                    integer("p")),
            table(
                    "strict",
                    "CREATE TABLE strict (id INT PRIMARY KEY, v INT, p INT NOT NULL,"
                            + " FOREIGN KEY (p) REFERENCES parent (id) ON DELETE RESTRICT)",
                    List.of(integer("id")),
                    integer("p"))),
    LINE(
            table(
                    "grand",
                    "CREATE TABLE grand (id INT PRIMARY KEY, v INT)",
                    List.of(integer("id"))),
            table(
                    "mother",
                    "CREATE TABLE mother (id INT PRIMARY KEY, v INT, p INT NOT NULL,"
                            + " FOREIGN KEY (p) REFERENCES grand (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                    List.of(integer("id")),
                    integer("p")),
            table(
                    "child",
                    "CREATE TABLE child (m INT, n INT, v INT, PRIMARY KEY (m, n),"
                            + " FOREIGN KEY (m) REFERENCES mother (id) ON DELETE CASCADE ON UPDATE CASCADE)",
                    List.of(integer("m"), integer("n")))),
    TREE(
            table(
                    "tree",
                    "CREATE TABLE tree (id INT PRIMARY KEY, v INT, up INT, FOREIGN KEY (up) REFERENCES tree (id) ON DELETE CASCADE)",
                    List.of(integer("id")),
                    integer("up"))),
    CIRCLE(
            table(
                    "office",
                    "CREATE TABLE office (id INT PRIMARY KEY, v INT, head INT)",
                    List.of(integer("id")),
                    integer("head")),
            table(
                    "clerk",
                    "CREATE TABLE clerk (id INT PRIMARY KEY, v INT, office INT NOT NULL,"
                            + " FOREIGN KEY (office) REFERENCES office (id));"
                            + " ALTER TABLE office ADD FOREIGN KEY (head) REFERENCES clerk (id)",
                    List.of(integer("id")),
                    integer("office"))),
    RING(
            table(
                    "ring",
                    "CREATE TABLE ring (id INT PRIMARY KEY, v INT, up INT, u INT UNIQUE,"
                            + " FOREIGN KEY (up) REFERENCES ring (id) ON DELETE SET NULL)",
                    List.of(integer("id")),
                    integer("up"),
                    unique("u")));

    /** What a column's values are. */
    enum Kind {
        INTEGER,
        TEXT,
        BINARY,
        /** Given by a number that no other row has. */
        COMPUTED
    }

    /**
     * @param expression of a computed one
     */
    record Field(String name, Kind kind, boolean unique, String expression) {}

    /**
     * @param fields all but the key and {@code v}, which holds a number that each write has anew
     */
    record Table(String name, String ddl, List<Field> key, List<Field> fields) {}

    private final List<Table> tables;

    ModelShape(Table... tables) {
        this.tables = List.of(tables);
    }

    /** Parents first. */
    List<Table> tables() {
        return tables;
    }

    /** What makes them. */
    String[] ddl() {
        return tables.stream().map(Table::ddl).toArray(String[]::new);
    }

    boolean hasClashes() {
        return tables.size() > 1
                || this == TREE
                || tables.stream().flatMap(t -> t.fields().stream()).anyMatch(Field::unique)
                || this == CASELESS;
    }

    private static Table table(String name, String ddl, List<Field> key, Field... fields) {
        return new Table(name, ddl, key, List.of(fields));
    }

    private static Field integer(String name) {
        return new Field(name, Kind.INTEGER, false, null);
    }

    private static Field unique(String name) {
        return new Field(name, Kind.INTEGER, true, null);
    }

    private static Field text(String name) {
        return new Field(name, Kind.TEXT, false, null);
    }

    private static Field binary(String name) {
        return new Field(name, Kind.BINARY, false, null);
    }

    private static Field computed(String name, String expression) {
        return new Field(name, Kind.COMPUTED, false, expression);
    }
}
