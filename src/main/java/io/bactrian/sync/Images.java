package io.bactrian.sync;

import io.bactrian.sql.SyncLog;
import io.bactrian.sql.SyncLog.Entry;
import io.bactrian.sql.SyncRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rows of one table as JSON, as they are on both sides and as they were before. Those of many rows
 * come with two statements a side, for each costs a round trip: 900 conflicts took 22,371
 * statements on both servers one by one, and take 646. What is too long to be held with others is
 * asked for when it is wanted.
 */
final class Images {
    /** Rows that are asked for at once; together with {@link #LONGEST} it bounds the memory. */
    static final int AT_ONCE = 200;

    /** Characters of an image that is held. */
    private static final int LONGEST = 16 * 1024;

    private final Crossing crossing;
    private final SyncRows rows;
    private final Map<Side, Map<String, String>> now = new EnumMap<>(Side.class);
    private final Map<Side, Map<Long, String>> before = new EnumMap<>(Side.class);

    /** Asks for each by itself. */
    Images(Crossing crossing, SyncRows rows) {
        this.crossing = crossing;
        this.rows = rows;
    }

    /**
     * Asks for those that tell what is to be done about rows.
     *
     * @param keys {@link #AT_ONCE} at most
     */
    static Images of(Crossing crossing, SyncRows rows, List<KeyState> keys) throws SQLException {
        Images images = new Images(crossing, rows);
        List<KeyState> ofBoth = keys.stream().filter(Verdict::isOfBoth).toList();
        if (ofBoth.size() > 1) {
            images.read(crossing.to(), crossing.here(), ofBoth);
            images.read(crossing.to().other(), crossing.there(), ofBoth);
        }
        return images;
    }

    private void read(Side side, Connection session, List<KeyState> keys) throws SQLException {
        List<String> stored =
                keys.stream().map(k -> stored(side, k)).filter(Objects::nonNull).toList();
        List<Long> first =
                keys.stream()
                        .map(k -> log(side, k).get(0))
                        .filter(Entry::hasBase)
                        .map(Entry::id)
                        .toList();
        now.put(side, rows.images(session, stored, LONGEST));
        before.put(side, SyncLog.bases(session, first, LONGEST));
    }

    private String stored(Side side, KeyState key) {
        return side == crossing.to() ? key.here() : key.there();
    }

    private List<Entry> log(Side side, KeyState key) {
        return side == crossing.to() ? key.hereLog() : key.thereLog();
    }

    /** Rows as they are now on the side that is written, by their ids there. */
    static Map<String, Image> here(Crossing crossing, SyncRows rows, Collection<String> ids)
            throws SQLException {
        Map<String, String> held =
                ids.size() > 1 ? rows.images(crossing.here(), ids, LONGEST) : Map.of();
        Map<String, Image> images = new HashMap<>();
        for (String id : ids) {
            String json = held.get(id);
            images.put(id, new Image(json == null ? rows.image(crossing.here(), id) : json));
        }
        return images;
    }

    /** Whether it may be held with that of many others. */
    static boolean isShort(Image image) {
        return !image.exists() || image.json().length() <= LONGEST;
    }

    Crossing crossing() {
        return crossing;
    }

    SyncRows rows() {
        return rows;
    }

    /** See {@link Crossing#image}. */
    Image now(Side side, KeyState key) throws SQLException {
        String id = stored(side, key);
        String held = id == null ? null : now.getOrDefault(side, Map.of()).get(id);
        return held == null ? crossing.image(rows, side, key) : new Image(held);
    }

    /** See {@link Crossing#base(Side, KeyState)}. */
    Image before(Side side, KeyState key) throws SQLException {
        List<Entry> log = log(side, key);
        String held =
                log.isEmpty() ? null : before.getOrDefault(side, Map.of()).get(log.get(0).id());
        return held == null ? crossing.base(side, key) : new Image(held);
    }

    /** See {@link Crossing#base(KeyState)}. */
    Image base(KeyState key) throws SQLException {
        Image mine = before(crossing.to(), key);
        return mine.exists() ? mine : before(crossing.to().other(), key);
    }
}
