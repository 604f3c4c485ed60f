package io.bactrian.proof;

import io.bactrian.demo.MySqlPair.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A way to a server on which connections can be cut, delayed, slowed, and what they carry changed.
 */
final class Proxy implements AutoCloseable {
    private static final int PIECE = 16 << 10;

    private final Server server;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile long delayNanos;
    private volatile long bytesPerSecond = Long.MAX_VALUE;
    private volatile UnaryOperator<byte[]> change = UnaryOperator.identity();

    Proxy(Server server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread(this::accept);
    }

    /** The server by this way. */
    Server address() {
        return new Server("127.0.0.1", door.getLocalPort(), server.user(), server.password());
    }

    /** Each piece of data, up to 16 KB, comes this much later, in both directions. */
    Proxy delay(Duration each) {
        delayNanos = each.toNanos();
        return this;
    }

    /** No connection carries more, in either direction. */
    Proxy slow(long bytesEachSecond) {
        bytesPerSecond = bytesEachSecond;
        return this;
    }

    /** What comes from the server is changed; its length may not. */
    Proxy change(UnaryOperator<byte[]> answers) {
        change = answers;
        return this;
    }

    /** Cuts all connections in whatever they are at. Returns how many there were. */
    int cut() {
        int cut = 0;
        for (Socket socket : open) {
            cut++;
            abort(socket);
        }
        return cut / 2;
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                Socket there = new Socket(server.host(), server.port());
                client.setTcpNoDelay(true);
                there.setTcpNoDelay(true);
                open.add(client);
                open.add(there);
                thread(() -> carry(client, there, false));
                thread(() -> carry(there, client, true));
            } catch (IOException e) {
                // the server is away, or this is the end
                continue;
            }
        }
    }

    private void carry(Socket from, Socket to, boolean answers) {
        byte[] piece = new byte[PIECE];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                LockSupport.parkNanos(delayNanos + n * 1_000_000_000L / bytesPerSecond);
                byte[] sent = Arrays.copyOf(piece, n);
                out.write(answers ? change.apply(sent) : sent);
            }
        } catch (IOException e) {
            // one end is gone; the other is closed
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** Without a word, as a lost network does it. */
    private static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // it has ended by itself
            return;
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }
}
