package io.bactrian.sync;

import io.bactrian.sql.Database;

/** The two databases that are kept equal. */
public record Sides(Database local, Database remote) {
    public Database of(Side side) {
        return side == Side.LOCAL ? local : remote;
    }
}
