package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.backup.Backups;
import io.bactrian.error.BackupException;
import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Backups that are kept on another machine by sftp, with a key, as docs/extending.md has it. */
@Timeout(120)
class SftpStoreIT {
    @TempDir Path folder;
    private Path disk;
    private Path knownHosts;
    private SshServer server;
    private Twin twin;

    @BeforeEach
    void setUp() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        KeyPair host = keys();
        KeyPair own = keys();
        server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(host));
        server.setPublickeyAuthenticator(
                (user, key, session) ->
                        user.equals("backup") && KeyUtils.compareKeys(key, own.getPublic()));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(disk));
        server.start();

        Path identity = folder.resolve("id");
        Files.writeString(
                identity,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(own.getPrivate().getEncoded())
                        + "\n-----END PRIVATE KEY-----\n");
        knownHosts = folder.resolve("known_hosts");
        know(host);
        twin =
                Twin.of("sftp_store")
                        .with("backup.dir", folder.resolve("backups"))
                        .with("log.dir", folder.resolve("logs"))
                        .with("retry-delay", "10ms")
                        .with(
                                "backup.to",
                                "sftp:backup@127.0.0.1:"
                                        + server.getPort()
                                        + "/mysql?privateKeyFile="
                                        + identity
                                        + "&knownHostsFile="
                                        + knownHosts
                                        + "&strictHostKeyChecking=yes");
        twin.onSource(
                "CREATE TABLE t (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO t VALUES (1, 'Zoë'), (2, NULL)");
    }

    @AfterEach
    void stop() throws IOException {
        twin.close();
        server.stop(true);
    }

    private static KeyPair keys() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private void know(KeyPair host) throws IOException {
        Files.writeString(
                knownHosts,
                "[127.0.0.1]:%d %s%n"
                        .formatted(server.getPort(), PublicKeyEntry.toString(host.getPublic())));
    }

    private List<String> stored() throws IOException {
        try (Stream<Path> files = Files.walk(disk)) {
            return files.filter(Files::isRegularFile)
                    .map(disk::relativize)
                    .map(Path::toString)
                    .toList();
        }
    }

    @Test
    void comesBackWhereTheFolderIsLost() throws Exception {
        String id = twin.save().backupId();
        assertThat(stored()).containsExactly("mysql/" + id + ".zip");
        Backups backups = new Backups(folder.resolve("backups"));
        backups.list().forEach(backups::delete);

        assertThat(twin.restore(id).rows()).isEqualTo(2);

        twin.assertSameRows();
        assertThat(backups.list()).allMatch(e -> e.state() == Backups.State.GOOD);
        assertThat(stored()).contains("mysql/" + id + ".zip");
    }

    @Test
    void whatIsNotThereIsMissedAtOnce() throws Exception {
        twin.save();
        assertThatThrownBy(() -> twin.restore("20200101-000000-abcd"))
                .isInstanceOf(BackupException.class)
                .hasMessageContaining("there is no such backup");
    }

    @Test
    void hostWithAnotherKeyGetsNothing() throws Exception {
        know(keys());

        assertThatThrownBy(twin::save).isInstanceOf(ConnectionException.class);

        assertThat(stored()).isEmpty();
    }
}
