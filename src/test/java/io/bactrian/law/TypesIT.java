package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.bactrian.demo.MySqlPair;
import io.bactrian.demo.MySqlPair.Server;
import io.bactrian.demo.MySqlServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** D1: every value arrives bit for bit, by each way there is to write it. */
class TypesIT {
    private static MySqlServer withoutLocalInfile;

    /** How rows reach the target. */
    enum Way {
        LOAD_DATA,
        INSERT,
        RECONCILE;

        Server target() {
            return this == INSERT ? withoutLocalInfile.address() : MySqlPair.shared().target();
        }
    }

    @BeforeAll
    static void launch() {
        withoutLocalInfile = MySqlServer.launch("--local-infile=OFF");
    }

    @AfterAll
    static void close() {
        withoutLocalInfile.close();
    }

    @ParameterizedTest
    @EnumSource
    void everyValueArrivesBitForBit(Way way) throws IOException {
        try (Twin twin = Twin.of("types_" + way.name().toLowerCase(), way.target())) {
            String[] parts = script("types.sql").split("-- rows\n");
            twin.onBoth(parts[0]);
            twin.onSource(parts[1]);
            assertThat(twin.one(way.target(), "SELECT @@local_infile"))
                    .isEqualTo(way == Way.INSERT ? "0" : "1");

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
