package io.bactrian.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What would end a statement too early, for one of the programs that read it. */
class DumpScriptTest {
    private static String script(String sqlMode, String body) {
        DdlSession session = new DdlSession(Map.of("sql_mode", sqlMode));
        return DumpScript.objects(List.of(new DumpScript.Step(session, List.of(body))));
    }

    @Test
    void aLineOfABodyNeverEndsInASemicolon() {
        String script = script("", "BEGIN\nSET @a = 1;\n-- don't;\nSET @b = 'x;\ny';\nEND");

        assertThat(script).contains("SET @a = 1; \n", "-- don't; \n", "SET @b = 'x;\\ny'; \n");
    }

    @Test
    void aStringWhoseBackslashesMeanThemselvesIsLeftAsItIs() {
        assertThat(script("NO_BACKSLASH_ESCAPES", "SET @b = 'x;\ny'")).contains("'x;\ny'");
    }

    @Test
    void theDelimiterIsInNoBody() {
        String script = script("", "BEGIN SELECT ';;', ';;;'; END");
        String delimiter = script.substring("/*!99999 \\d ".length(), script.indexOf(" */"));

        assertThat("BEGIN SELECT ';;', ';;;'; END").doesNotContain(delimiter);
    }
}
