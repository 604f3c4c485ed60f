package io.bactrian.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/** Two MySQL servers in Docker containers. */
final class Containers implements AutoCloseable {

    private static final String IMAGE = System.getProperty("bactrian.test.image", "mysql:8.0");

    private final MySQLContainer source = container(1);
    private final MySQLContainer target = container(2);

    private Containers() {}

    /** Whether a Docker engine answers; where there is no sign of one this takes no time. */
    static boolean available() {
        return (System.getenv("DOCKER_HOST") != null
                        || Files.exists(Path.of("/var/run/docker.sock")))
                && DockerClientFactory.instance().isDockerAvailable();
    }

    static Containers start() {
        Containers both = new Containers();
        try {
            Startables.deepStart(both.source, both.target).join();
            return both;
        } catch (RuntimeException e) {
            both.close();
            throw e;
        }
    }

    MySqlPair.Server source() {
        return address(source);
    }

    MySqlPair.Server target() {
        return address(target);
    }

    private static MySqlPair.Server address(MySQLContainer container) {
        return new MySqlPair.Server(
                container.getHost(),
                container.getMappedPort(MySQLContainer.MYSQL_PORT),
                container.getUsername(),
                container.getPassword());
    }

    private static MySQLContainer container(int serverId) {
        return new MySQLContainer(IMAGE)
                .withUsername("root")
                .withPassword("")
                .withCommand(
                        "--server-id=" + serverId,
                        "--log-bin=binlog",
                        "--log-bin-trust-function-creators=ON",
                        "--local-infile=ON",
                        "--mysqlx=OFF",
                        "--innodb-buffer-pool-size=128M",
                        // the my.cnf that Testcontainers puts in makes these tiny
                        "--max-allowed-packet=64M",
                        "--table-open-cache=4000",
                        "--sort-buffer-size=256K");
    }

    @Override
    public void close() {
        source.stop();
        target.stop();
    }
}
