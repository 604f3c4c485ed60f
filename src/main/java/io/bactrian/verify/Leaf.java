package io.bactrian.verify;

import io.bactrian.schema.Chunk;
import java.util.List;

/**
 * The rows of a small range that are not the same, by key.
 *
 * @param range holds them, and no more rows than can be looked at one by one
 */
public record Leaf(
        Chunk range,
        List<List<String>> missing,
        List<List<String>> extra,
        List<List<String>> different) {
    public Leaf {
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
        different = List.copyOf(different);
    }
}
