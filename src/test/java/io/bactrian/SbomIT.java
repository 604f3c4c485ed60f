package io.bactrian;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list of dependencies inside the jar that `package` made, against what that jar holds. */
class SbomIT {

    private JarFile program;

    @BeforeEach
    void open() throws IOException {
        program = new JarFile("target/bactrian.jar");
    }

    @AfterEach
    void close() throws IOException {
        program.close();
    }

    @Test
    void namesExactlyTheJarsThatAreShadedIn() throws IOException {
        List<String> named = new ArrayList<>();
        for (JsonNode component : components()) {
            named.add(component.path("name").asText() + "-" + component.path("version").asText());
        }

        assertThat(named).containsExactlyInAnyOrderElementsOf(shadedIn());
    }

    @Test
    void tellsALicenceOfEach() throws IOException {
        assertThat(components()).allSatisfy(c -> assertThat(c.path("licenses")).isNotEmpty());
    }

    private JsonNode components() throws IOException {
        ZipEntry sbom = program.getEntry("META-INF/sbom/bactrian.cdx.json");
        try (InputStream in = program.getInputStream(sbom)) {
            return new ObjectMapper().readTree(in).path("components");
        }
    }

    /** Of the jars on this test's class path, those whose every class the program has too. */
    private List<String> shadedIn() throws IOException {
        List<String> found = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar") && programHolds(entry)) {
                found.add(Path.of(entry).getFileName().toString().replaceFirst("\\.jar$", ""));
            }
        }
        return found;
    }

    private boolean programHolds(String jar) throws IOException {
        try (JarFile library = new JarFile(jar)) {
            List<String> classes =
                    library.stream()
                            .map(ZipEntry::getName)
                            .filter(n -> n.endsWith(".class") && !n.endsWith("module-info.class"))
                            .toList();
            return !classes.isEmpty()
                    && classes.stream().allMatch(name -> program.getEntry(name) != null);
        }
    }
}
