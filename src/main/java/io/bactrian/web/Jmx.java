package io.bactrian.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Caller;
import io.bactrian.route.Caller.Door;
import io.bactrian.state.Failure;
import io.bactrian.state.Json;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.ObjectName;

/** Puts beans on the platform's server, and what they have in common. */
final class Jmx implements AutoCloseable {
    /** JMX does not say who it is. */
    static final Caller CALLER = new Caller(Door.JMX, "jmx");

    private final ReplicatorBean replicator;
    private final SyncBean sync;

    Jmx(ReplicatorBean replicator, SyncBean sync) {
        this.replicator = replicator;
        this.sync = sync;
    }

    void register() throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        server.registerMBean(replicator, name("Replicator"));
        server.registerMBean(sync, name("Sync"));
    }

    private static ObjectName name(String type) throws JMException {
        return new ObjectName("io.bactrian:type=" + type);
    }

    /** Fails with errors that a client has the classes of. */
    static <T> T call(Supplier<T> work) {
        try {
            return work.get();
        } catch (ConfigException e) {
            throw new IllegalArgumentException(told(Failure.of(e)));
        } catch (IllegalStateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalStateException(told(Failure.of(e)));
        }
    }

    /** What a caller wrote, nothing where it wrote nothing. */
    static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text == null ? "" : text);
        } catch (JsonProcessingException e) {
            throw new ConfigException(
                    "request",
                    "is not JSON: " + e.getOriginalMessage(),
                    "for example {\"pipeline\": \"verify\"}");
        }
    }

    static String told(Failure failure) {
        return failure.object()
                + ": "
                + failure.message()
                + (failure.hint().isEmpty() ? "" : " (" + failure.hint() + ")");
    }

    @Override
    public void close() throws JMException {
        var server = ManagementFactory.getPlatformMBeanServer();
        server.unregisterMBean(name("Replicator"));
        server.unregisterMBean(name("Sync"));
        sync.close();
    }
}
