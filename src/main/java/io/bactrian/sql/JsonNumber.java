package io.bactrian.sql;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** What brings one number of a JSON text back as the server printed it. */
enum JsonNumber {
    /** The text itself. */
    TEXT,
    /**
     * A floating-point literal of SQL. In a JSON text, servers (8.0.33) read long fractions and
     * large exponents by a short cut that misses the last digits: one random DOUBLE in five comes
     * back as another.
     */
    DOUBLE,
    /** A DECIMAL. No text stands for it: every fraction in one is read as DOUBLE. */
    DECIMAL;

    /** Digits and a power of ten that DOUBLE holds, so that any reader rounds but once. */
    private static final int EXACT_DIGITS = 15;

    private static final int EXACT_POWER = 22;

    /** Where the server prints a DOUBLE without exponent; counted from its first digit. */
    private static final int LAST_POINT = 15;

    private static final int FIRST_POINT = -14;

    /**
     * @param text of the number, as a server prints it
     */
    static JsonNumber of(String text) {
        boolean exponent = text.indexOf('e') >= 0;
        BigDecimal value = new BigDecimal(text);
        if (value.scale() == 0 && !exponent) {
            int bits = value.signum() < 0 ? 63 : 64;
            return value.toBigInteger().bitLength() <= bits ? TEXT : DECIMAL;
        }
        BigDecimal digits = value.stripTrailingZeros();
        if (!exponent && !isPrintedByDouble(text, value.scale(), digits)) {
            return DECIMAL;
        }
        boolean exact =
                digits.precision() <= EXACT_DIGITS && Math.abs(digits.scale()) <= EXACT_POWER;
        return exact ? TEXT : DOUBLE;
    }

    /** A DOUBLE is printed by the fewest digits that mean it, and with at least one fraction. */
    private static boolean isPrintedByDouble(String text, int scale, BigDecimal digits) {
        int point = digits.precision() - digits.scale();
        if (scale != Math.max(1, digits.scale())) {
            return false;
        }
        if (digits.signum() == 0 || digits.precision() <= EXACT_DIGITS) {
            return point >= FIRST_POINT && point <= LAST_POINT;
        }
        double number = Double.parseDouble(text);
        int fewer = digits.precision() - 1;
        return point >= FIRST_POINT
                && point <= LAST_POINT
                && rounded(number, fewer + 1).compareTo(digits) == 0
                && rounded(number, fewer).doubleValue() != number;
    }

    private static BigDecimal rounded(double number, int digits) {
        return new BigDecimal(number).round(new MathContext(digits, RoundingMode.HALF_EVEN));
    }
}
