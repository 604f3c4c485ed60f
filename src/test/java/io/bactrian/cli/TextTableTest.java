package io.bactrian.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextTableTest {
    @Test
    void columnsAreAsWideAsTheyNeedAndNumbersStandRight() {
        assertThat(
                        new TextTable("TABLE", "ROWS", "KEY")
                                .row("orders", "~1,234", "id")
                                .row("a\nb🐫", "~5", null)
                                .toString())
                .isEqualTo(
                        """
                        TABLE     ROWS  KEY
                        orders  ~1,234  id
                        a?b🐫        ~5""");
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "999, 999 B", "1000, 1.0 kB", "999999, 1.0 MB", "33554432, 33.6 MB"})
    void bytesAreShort(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.25, 0.25 s", "12.34, 12.3 s", "200, 3 min 20 s"})
    void timesAreShort(double seconds, String text) {
        assertThat(Units.seconds(seconds)).isEqualTo(text);
    }
}
