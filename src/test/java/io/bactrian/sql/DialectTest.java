package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DialectTest {
    @ParameterizedTest
    @CsvSource({
        "8.0.33, MySQL 8.0, SET_USER_ID, true",
        "8.4.6-log, MySQL 8.4, SET_ANY_DEFINER, true",
        "9.7.4, MySQL 9.7, SET_ANY_DEFINER, true",
        "5.7.44, MySQL 5.7, SET_USER_ID, false",
        "11.4.5-MariaDB-log, MariaDB 11.4, SET USER, true",
        "5.5.5-10.11.19-MariaDB-0+deb12u1, MariaDB 10.11, SET USER, true",
        "10.6.21-MariaDB, MariaDB 10.6, SET USER, false"
    })
    void aVersionSaysWhatAServerIs(
            String version, String name, String definerPrivilege, boolean known) {
        Dialect dialect = Dialect.of(version);

        assertThat(dialect).hasToString(name);
        assertThat(dialect.definerPrivilege()).isEqualTo(definerPrivilege);
        assertThat(dialect.refusal().isEmpty()).isEqualTo(known);
    }
}
