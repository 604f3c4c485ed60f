package io.bactrian.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds what a mistyped name was meant to be. */
final class Nearest {
    private Nearest() {}

    /** The name that is fewest typing errors away, or null if none is near enough to be meant. */
    static String to(String typed, Collection<String> names) {
        return names.stream()
                .filter(
                        n ->
                                distance(typed, n)
                                        <= Math.max(1, Math.min(3, (typed.length() + 2) / 3)))
                .min(
                        Comparator.comparingInt((String n) -> distance(typed, n))
                                .thenComparing(n -> n))
                .orElse(null);
    }

    /** Characters to insert, delete or replace, whatever their case. */
    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
