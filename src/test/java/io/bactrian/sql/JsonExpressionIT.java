package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server makes of JSON numbers, and that each comes back. */
class JsonExpressionIT {
    private static final int COUNT = 3000;
    private static Connection server;

    @BeforeAll
    static void connect() throws SQLException {
        server = MySqlPair.shared().target().connect("");
    }

    @AfterAll
    static void close() throws SQLException {
        server.close();
    }

    @Test
    void everyDoubleComesBack() throws SQLException {
        Random random = new Random(1);
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            double any = Double.longBitsToDouble(random.nextLong());
            literals.add((Double.isFinite(any) ? any : 0) + (any == 0 ? "e0" : ""));
            literals.add(new BigDecimal(random.nextGaussian() * 1e4).toPlainString() + "e0");
        }
        for (int power = -60; power < 60; power++) {
            literals.add(new BigDecimal(Math.pow(2, power)).toPlainString() + "e0");
            literals.add("1e" + power);
        }
        assertComesBack(literals);
    }

    @Test
    void everyDecimalComesBack() throws SQLException {
        Random random = new Random(2);
        List<String> literals = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            int bits = 1 + random.nextInt(i % 2 == 0 ? 30 : 200);
            BigInteger digits = new BigInteger(bits, random);
            BigDecimal value = new BigDecimal(digits, random.nextInt(31));
            literals.add((random.nextBoolean() ? value : value.negate()).toPlainString());
        }
        assertComesBack(literals);
    }

    private static void assertComesBack(List<String> literals) throws SQLException {
        List<String> printed = print(literals);
        List<String> sent = new ArrayList<>();
        for (String json : printed) {
            sent.add(
                    JsonExpression.isNeeded(json)
                            ? JsonExpression.of(json)
                            : "CAST('" + json + "' AS JSON)");
        }
        assertThat(print(sent)).isEqualTo(printed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf8mb4", "binary"})
    void anExpressionMeansTheSameInAnyCharacterSet(String charset) throws SQLException {
        String json = "{\"b\": null, \"ä'\\\\\": [1.50, \"€\\u0001\"]}";
        try (Statement s = server.createStatement()) {
            s.execute("SET NAMES " + charset);
            try {
                assertThat(print(List.of(JsonExpression.of(json)))).containsExactly(json);
            } finally {
                s.execute("SET NAMES utf8mb4");
            }
        }
    }

    /** The values as JSON, as the server prints them. */
    private static List<String> print(List<String> values) throws SQLException {
        List<String> printed = new ArrayList<>();
        for (int i = 0; i < values.size(); i += 100) {
            String sql =
                    values.subList(i, Math.min(i + 100, values.size())).stream()
                            .map(v -> "CAST(CAST(" + v + " AS JSON) AS CHAR CHARACTER SET utf8mb4)")
                            .collect(Collectors.joining(",", "SELECT ", ""));
            try (Statement s = server.createStatement();
                    ResultSet row = s.executeQuery(sql)) {
                row.next();
                for (int j = 1; j <= row.getMetaData().getColumnCount(); j++) {
                    printed.add(row.getString(j));
                }
            }
        }
        return printed;
    }
}
