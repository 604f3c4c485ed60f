package io.bactrian.web;

import io.bactrian.config.FileErrors;
import io.bactrian.config.LoadedSettings;
import io.bactrian.error.ConfigException;
import io.bactrian.route.Extension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** The folder {@code routes/} of a site: in the working directory, else beside the launcher. */
public final class SiteRoutes {
    static final String FOLDER = "routes";

    private static final Pattern HOOK = Pattern.compile("direct:(before|after)-");

    private SiteRoutes() {}

    private static Optional<Path> folder() {
        String home = System.getProperty("bactrian.home");
        return Stream.of(Path.of(""), home == null ? null : Path.of(home))
                .filter(folder -> folder != null)
                .map(folder -> folder.resolve(FOLDER).toAbsolutePath())
                .filter(Files::isDirectory)
                .findFirst();
    }

    /**
     * What Camel loads; null if there is no such folder.
     *
     * @throws ConfigException if a file is no list of routes, which Camel would pass over silently
     */
    static String pattern() {
        Optional<Path> folder = folder();
        if (folder.isEmpty()) {
            return null;
        }
        require(files(folder.get()));
        return "file:" + folder.get() + "/*.yaml,file:" + folder.get() + "/*.java";
    }

    /**
     * What a single command has beside the routes that it calls: another program's, and the folder
     * if there is a hook in it or a Java file, which may bind a mapper. A command does not wait for
     * the others to be read.
     *
     * @throws ConfigException if a file is no list of routes; if it is wrong otherwise, when it is
     *     added
     */
    public static Extension beside(Extension extension, LoadedSettings loaded) {
        List<Path> files = read();
        if (files.stream().noneMatch(f -> isJava(f) || HOOK.matcher(text(f)).find())) {
            files = List.of();
        }
        if (files.isEmpty() && extension.routes().isEmpty()) {
            return extension;
        }
        require(files);
        List<RoutesBuilder> routes = new ArrayList<>(List.of(new Folder(files, loaded)));
        routes.addAll(extension.routes());
        return new Extension(extension.beans(), routes);
    }

    /** The files, as a command's context takes them. */
    private record Folder(List<Path> files, LoadedSettings loaded) implements RoutesBuilder {
        @Override
        public void addRoutesToCamelContext(CamelContext context) {
            context.getPropertiesComponent().setOverrideProperties(SiteProperties.of(loaded));
            context.setSourceLocationEnabled(true);
            // a hook that calls what only the daemon has fails at once
            context.getComponent("direct", DirectComponent.class).setBlock(false);
            List<Resource> resources =
                    files.stream()
                            .map(f -> ResourceHelper.resolveResource(context, "file:" + f))
                            .toList();
            try {
                PluginHelper.getRoutesLoader(context).loadRoutes(resources);
            } catch (Exception e) {
                throw RouteMistake.of(e, FOLDER);
            }
        }

        @Override
        public void addTemplatedRoutesToCamelContext(CamelContext context) {
            // with the others
        }

        @Override
        public Set<String> updateRoutesToCamelContext(CamelContext context) {
            throw new UnsupportedOperationException("a command reads them once");
        }
    }

    /** The files that are read for routes, in their order; none if there is no folder. */
    static List<Path> read() {
        return folder().map(SiteRoutes::files).orElse(List.of()).stream()
                .filter(f -> isYaml(f) || isJava(f))
                .toList();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new ConfigException(
                    folder.toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
    }

    private static boolean isYaml(Path file) {
        return file.toString().endsWith(".yaml");
    }

    private static boolean isJava(Path file) {
        return file.toString().endsWith(".java");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ConfigException(
                    file.toString(), "cannot be read: " + FileErrors.reason(e), "", e);
        }
    }

    private static void require(List<Path> files) {
        files.stream().filter(SiteRoutes::isYaml).forEach(SiteRoutes::requireRoutes);
        files.stream().filter(SiteRoutes::isJava).forEach(SiteRoutes::requireCompiler);
    }

    private static void requireCompiler(Path file) {
        if (ToolProvider.getSystemJavaCompiler() == null) {
            throw new ConfigException(
                    FOLDER + "/" + file.getFileName(),
                    "is not compiled: there is no compiler in this Java, "
                            + System.getProperty("java.home"),
                    "JAVA_HOME can name a JDK; what filters, maps or resolves can be a jar in lib/ instead");
        }
    }

    private static void requireRoutes(Path file) {
        List<String> lines = text(file).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.isBlank() || line.startsWith("#") || line.startsWith("---")) {
                continue;
            }
            if (line.startsWith("- ") || line.startsWith("apiVersion:")) {
                return;
            }
            throw new ConfigException(
                    FOLDER + "/" + file.getFileName() + ":" + (i + 1),
                    "is not the beginning of a list of routes: " + line.strip(),
                    "begin with - route:");
        }
    }
}
