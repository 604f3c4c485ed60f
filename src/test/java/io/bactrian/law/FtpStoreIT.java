package io.bactrian.law;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConnectionException;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.impl.DefaultFtpServer;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;
import org.junit.jupiter.api.Test;

/** By ftp, with a password, as docs/extending.md has it. */
class FtpStoreIT extends RemoteStoreLaws {
    private final BaseUser user = new BaseUser();
    private UserManager users;
    private FtpServer server;

    @Override
    String start(Path disk) throws Exception {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(0);
        users = new PropertiesUserManagerFactory().createUserManager();
        user.setName("backup");
        user.setPassword("secret");
        user.setHomeDirectory(disk.toString());
        user.setAuthorities(List.of(new WritePermission()));
        users.save(user);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        factory.setUserManager(users);
        server = factory.createServer();
        server.start();
        int port = ((DefaultFtpServer) server).getListener("default").getPort();
        return "ftp:backup@127.0.0.1:" + port + "/mysql?password=secret&passiveMode=true";
    }

    @Override
    void stop() {
        server.stop();
    }

    @Test
    void accountThatMayNotWriteSavesNothing() throws Exception {
        user.setAuthorities(List.of());
        users.save(user);

        assertThatThrownBy(twin::save).isInstanceOf(ConnectionException.class);

        assertThat(stored()).isEmpty();
    }
}
