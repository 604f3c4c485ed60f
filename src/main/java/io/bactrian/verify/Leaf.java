package io.bactrian.verify;

import java.util.List;

/** The rows of a small range that are not the same, by key. */
public record Leaf(List<List<String>> missing, List<List<String>> extra, List<List<String>> different) {
    public Leaf {
        missing = List.copyOf(missing);
        extra = List.copyOf(extra);
        different = List.copyOf(different);
    }
}
