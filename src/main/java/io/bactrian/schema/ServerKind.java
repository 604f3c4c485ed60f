package io.bactrian.schema;

/** Whose words a table is told in: the two kinds of server spell the same thing differently. */
public enum ServerKind {
    MYSQL("MySQL"),
    MARIADB("MariaDB");

    private final String title;

    ServerKind(String title) {
        this.title = title;
    }

    /** As it calls itself. */
    @Override
    public String toString() {
        return title;
    }
}
