package io.bactrian.cli;

import io.bactrian.web.Daemon;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;

@Command(
        name = "run",
        description = {
            "Stays and works: routes/, schedules, HTTP, JMX, dashboard.",
            "SIGTERM or Ctrl-C lets the work in hand finish."
        },
        footer = {
            "",
            "Examples:",
            "  bactrian run",
            "  bactrian run --set bactrian.sync.interval=30 --set bactrian.http.port=9090"
        })
final class RunCommand extends Verb {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    protected boolean staysOn() {
        return true;
    }

    @Override
    protected Answer run(RunContext context) {
        Daemon daemon = Daemon.start(context.loaded(), context.extension());
        Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "stop"));
        String address = daemon.address().toString();
        return Answer.ok(
                Map.of("address", address, "pid", ProcessHandle.current().pid()),
                "listening on " + address);
    }

    /** The process ends by a signal. */
    @Override
    protected void linger() throws InterruptedException {
        never.await();
    }
}
