package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.Test;

/** By sftp, with a key, as docs/extending.md has it. */
class SftpStoreIT extends RemoteStoreLaws {
    private Path knownHosts;
    private SshServer server;

    @Override
    String start(Path disk) throws Exception {
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
        return "sftp:backup@127.0.0.1:"
                + server.getPort()
                + "/mysql?privateKeyFile="
                + identity
                + "&knownHostsFile="
                + knownHosts
                + "&strictHostKeyChecking=yes";
    }

    @Override
    void stop() throws IOException {
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

    @Test
    void hostWithAnotherKeyGetsNothing() throws Exception {
        know(keys());

        assertThatThrownBy(twin::save).isInstanceOf(ConnectionException.class);

        assertThat(stored()).isEmpty();
    }
}
