package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** D1: every value arrives bit for bit, by each way there is to write it. */
class TypesIT {
    private static final Server TARGET = MySqlPair.shared().target();

    /** How rows reach the target. */
    enum Way {
        LOAD_DATA,
        INSERT,
        RECONCILE
    }

    @AfterEach
    void allow() {
        TARGET.execute("", "SET GLOBAL local_infile = ON");
    }

    @ParameterizedTest
    @EnumSource
    void everyValueArrivesBitForBit(Way way) throws IOException {
        TARGET.execute("", "SET GLOBAL local_infile = " + (way == Way.INSERT ? "OFF" : "ON"));
        try (Twin twin = Twin.of("types_" + way.name().toLowerCase())) {
            String[] parts = script("types.sql").split("-- rows\n");
            twin.onBoth(parts[0]);
            twin.onSource(parts[1]);

            if (way == Way.RECONCILE) {
                twin.reconcile();
            } else {
                twin.copy();
            }

            twin.assertSameRows();
            assertThat(twin.verify().tables())
                    .allSatisfy(t -> assertThat(t.equal()).as(t.toString()).isTrue());
        }
    }

    private static String script(String name) throws IOException {
        try (InputStream in = TypesIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
