package io.bactrian.demo;

import io.bactrian.demo.MySqlPair.Server;
import java.util.ArrayList;
import java.util.List;

/** The stock {@code mysql} program, for tests of what people do without Bactrian. */
public final class MySqlClient {

    private MySqlClient() {}

    /**
     * A command for it that connects to the server over TCP; input and output are the caller's to
     * direct.
     *
     * @param arguments more options, and the schema to use
     */
    public static ProcessBuilder on(Server server, String... arguments) {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "--protocol=TCP",
                                "--host=" + server.host(),
                                "--port=" + server.port(),
                                "--user=" + server.user()));
        all.addAll(List.of(arguments));
        ProcessBuilder builder = MySqlDistribution.ofUser().client(all);
        // an option would show it to everybody on the machine
        builder.environment().put("MYSQL_PWD", server.password());
        return builder;
    }
}
