package io.bactrian.web;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.api.management.ManagedCamelContext;
import org.apache.camel.api.management.mbean.ManagedRouteMBean;
import org.apache.camel.component.quartz.QuartzEndpoint;
import org.apache.camel.component.timer.TimerEndpoint;
import org.quartz.SchedulerException;
import org.quartz.Trigger;

/** When routes begin by themselves. */
final class Schedule {
    private Schedule() {}

    /**
     * One of those routes.
     *
     * @param trigger {@code every 30 s}, or the cron expression
     * @param status Started, Stopped or Suspended
     * @param nextAt null if nobody knows, or never
     * @param lastAt null if not since the program started
     */
    record Line(
            String routeId,
            String description,
            String trigger,
            String status,
            Instant nextAt,
            Instant lastAt) {}

    static List<Line> of(CamelContext context) {
        List<Line> lines = new ArrayList<>();
        for (Route route : context.getRoutes()) {
            Endpoint endpoint = route.getEndpoint();
            String trigger = trigger(endpoint);
            if (trigger != null) {
                String status = context.getRouteController().getRouteStatus(route.getId()).name();
                lines.add(
                        new Line(
                                route.getId(),
                                route.getDescription(),
                                trigger,
                                status,
                                status.equals("Started") ? next(endpoint) : null,
                                last(context, route.getId())));
            }
        }
        return lines;
    }

    private static String trigger(Endpoint endpoint) {
        if (endpoint instanceof TimerEndpoint timer) {
            return "every "
                    + Duration.ofMillis(timer.getPeriod())
                            .toString()
                            .substring(2)
                            .toLowerCase(Locale.ROOT);
        }
        return endpoint instanceof QuartzEndpoint quartz ? quartz.getCron() : null;
    }

    private static Instant next(Endpoint endpoint) {
        if (!(endpoint instanceof QuartzEndpoint quartz)) {
            return null;
        }
        try {
            Trigger trigger =
                    quartz.getComponent().getScheduler().getTrigger(quartz.getTriggerKey());
            Date next = trigger == null ? null : trigger.getNextFireTime();
            return next == null ? null : next.toInstant();
        } catch (SchedulerException e) {
            return null;
        }
    }

    private static Instant last(CamelContext context, String routeId) {
        ManagedCamelContext managed =
                context.getCamelContextExtension().getContextPlugin(ManagedCamelContext.class);
        ManagedRouteMBean route = managed == null ? null : managed.getManagedRoute(routeId);
        Date last = null;
        try {
            last = route == null ? null : route.getLastExchangeCompletedTimestamp();
        } catch (Exception e) {
            return null;
        }
        return last == null ? null : last.toInstant();
    }
}
