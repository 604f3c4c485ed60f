package io.bactrian.schema;

/** A CHECK constraint. {@code expression} is without its outer parentheses. */
public record Check(String name, String expression, boolean enforced) {}
