package io.bactrian.cli;

import io.bactrian.config.LogSettings;
import io.bactrian.state.LogRetention;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Function;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.appender.ConsoleAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.builder.api.AppenderComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilder;
import org.apache.logging.log4j.core.config.builder.api.ConfigurationBuilderFactory;
import org.apache.logging.log4j.core.config.builder.api.LoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.api.RootLoggerComponentBuilder;
import org.apache.logging.log4j.core.config.builder.impl.BuiltConfiguration;
import org.slf4j.MDC;

/** Where log lines go: those of a run to its file, warnings of our own to standard error. */
final class Logs {
    /** Logger whose lines never reach standard error. */
    static final String FILE_ONLY = "file-only";

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss").withZone(ZoneId.systemDefault());
    private static final String LINE =
            "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%X{run}] %logger{1} - %msg%n%xEx";

    private static final String LARGEST = "20MB";

    private Logs() {}

    /**
     * Logs a call that is no run: to standard error alone, so that who only looks leaves no file
     * behind.
     */
    static void start(LogSettings settings, String runId, boolean verbose, boolean quiet) {
        start(settings, runId, builder -> null, verbose, quiet);
    }

    /** Logs a run to a file of its own too. Files that are too old are deleted. */
    static void startRun(
            LogSettings settings, String runId, Instant startedAt, boolean verbose, boolean quiet) {
        LogRetention.apply(settings, startedAt);
        Path file = settings.dir().resolve("replicator_" + NAME.format(startedAt) + ".log");
        start(settings, runId, builder -> file(builder, file), verbose, quiet);
    }

    /** Logs a process that stays: to a new file each day, and sooner if one gets large. */
    static void startDaemon(
            LogSettings settings, String runId, Instant startedAt, boolean verbose, boolean quiet) {
        LogRetention.apply(settings, startedAt);
        start(
                settings,
                runId,
                builder ->
                        builder.newAppender("file", "RollingFile")
                                .addAttribute(
                                        "filePattern",
                                        settings.dir() + "/replicator_%d{yyyyMMdd_HHmmss}.log")
                                .add(
                                        builder.newLayout("PatternLayout")
                                                .addAttribute("pattern", LINE))
                                .addComponent(
                                        builder.newComponent("Policies")
                                                .addComponent(
                                                        builder.newComponent("CronTriggeringPolicy")
                                                                .addAttribute(
                                                                        "schedule", "0 0 0 * * ?"))
                                                .addComponent(
                                                        builder.newComponent(
                                                                        "SizeBasedTriggeringPolicy")
                                                                .addAttribute("size", LARGEST)))
                                .addComponent(builder.newComponent("DirectWriteRolloverStrategy")),
                verbose,
                quiet);
    }

    private static void start(
            LogSettings settings,
            String runId,
            Function<ConfigurationBuilder<BuiltConfiguration>, AppenderComponentBuilder> fileOf,
            boolean verbose,
            boolean quiet) {
        Level level = Level.valueOf(settings.level().name());
        Level shown = verbose ? Level.INFO : quiet ? Level.ERROR : Level.WARN;
        ConfigurationBuilder<BuiltConfiguration> builder =
                ConfigurationBuilderFactory.newConfigurationBuilder();
        builder.setStatusLevel(Level.OFF);
        LoggerComponentBuilder ours =
                builder.newLogger("io.bactrian", level.isMoreSpecificThan(shown) ? shown : level)
                        .addAttribute("additivity", false)
                        .add(builder.newAppenderRef("stderr").addAttribute("level", shown));
        RootLoggerComponentBuilder others = builder.newRootLogger(Level.WARN);
        builder.add(console(builder, verbose));
        AppenderComponentBuilder file = fileOf.apply(builder);
        if (file != null) {
            builder.add(file);
            ours.add(builder.newAppenderRef("file").addAttribute("level", level));
            others.add(builder.newAppenderRef("file"));
        }
        builder.add(ours).add(others);
        Configurator.reconfigure(builder.build());
        MDC.put("run", runId);
    }

    private static AppenderComponentBuilder file(
            ConfigurationBuilder<BuiltConfiguration> builder, Path file) {
        return builder.newAppender("file", "File")
                .addAttribute("fileName", file)
                .addAttribute("createOnDemand", true)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", LINE));
    }

    private static AppenderComponentBuilder console(
            ConfigurationBuilder<BuiltConfiguration> builder, boolean verbose) {
        String pattern = "%level{lowerCase=true}: %msg%n" + (verbose ? "%xEx" : "%ex{0}");
        return builder.newAppender("stderr", "Console")
                .addAttribute("target", ConsoleAppender.Target.SYSTEM_ERR)
                .add(builder.newLayout("PatternLayout").addAttribute("pattern", pattern));
    }
}
