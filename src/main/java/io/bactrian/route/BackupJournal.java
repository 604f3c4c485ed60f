package io.bactrian.route;

import io.bactrian.state.BackupHistory;
import io.bactrian.state.BackupHistory.Event;
import io.bactrian.state.BackupHistory.Work;
import io.bactrian.state.Failure;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes down how the routes end that make backups and restore them. */
final class BackupJournal extends RoutePolicySupport {
    private static final Logger LOG = LoggerFactory.getLogger(BackupJournal.class);

    private final BackupHistory history;

    BackupJournal(BackupHistory history) {
        this.history = history;
    }

    private static String started(Route route) {
        return "bactrian.journal." + route.getRouteId();
    }

    @Override
    public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(started(route), System.nanoTime());
    }

    @Override
    public void onExchangeDone(Route route, Exchange exchange) {
        long start = exchange.getProperty(started(route), 0L, Long.class);
        double seconds = Math.round((System.nanoTime() - start) / 1e6) / 1e3;
        Failure failure = exchange.isFailed() ? Failure.of(exchange.getException()) : null;
        try {
            switch (route.getRouteId()) {
                case BackupRoutes.ALL, BackupRoutes.RANGES ->
                        backup(BackupRoutes.job(exchange), seconds, failure);
                case BackupRoutes.TABLES -> backup(exchange, seconds, failure);
                default -> restore(exchange, seconds, failure);
            }
        } catch (RuntimeException e) {
            // a full disk under the logs: the work is done, or its failure is told elsewhere too
            LOG.warn("{}", e.getMessage());
        }
    }

    /** Told of the whole route, for it may fail before there is anything to save. */
    private void backup(Job job, double seconds, Failure failure) {
        if (failure != null) {
            Work work = new Work(null, null, seconds);
            history.failed(Event.FAILED, null, job.runId(), job.target(), work, failure);
        }
    }

    /** Told of the part of the route that is passed only if there is something to save. */
    private void backup(Exchange exchange, double seconds, Failure failure) {
        if (failure == null) {
            Job job = BackupRoutes.job(exchange);
            BackupStep.Report made = exchange.getMessage().getBody(BackupStep.Report.class);
            Work work = new Work(made.rows(), made.bytes(), seconds);
            history.done(Event.CREATED, made.backupId(), job.runId(), job.target(), work);
        }
    }

    private void restore(Exchange exchange, double seconds, Failure failure) {
        Job job = RestoreRoutes.job(exchange);
        if (failure != null) {
            Work work = new Work(null, null, seconds);
            history.failed(Event.RESTORED, job.backup(), job.runId(), job.target(), work, failure);
            return;
        }
        RestoreStep.Report restored = exchange.getMessage().getBody(RestoreStep.Report.class);
        Work work = new Work(restored.rows(), restored.bytes(), seconds);
        history.done(Event.RESTORED, job.backup(), job.runId(), job.target(), work);
    }
}
