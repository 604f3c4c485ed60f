package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConnectionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemLibrariesTest {

    @TempDir Path folder;

    @Test
    void fetchesNothingWhereTheProgramStarts() throws IOException {
        assertThat(SystemLibraries.SERVER.folderFor(script("exit 0"), cache())).isEmpty();
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void putsWhatIsMissingOnTheLibraryPath() throws IOException {
        Path fetched = Files.createDirectories(folder.resolve("cache/system-libraries"));
        Files.createFile(fetched.resolve("libaio.so.1"));
        Path mysqld =
                script(
                        """
                        [ -f "${LD_LIBRARY_PATH%%:*}/libaio.so.1" ] && exit 0
                        echo "$0: error while loading shared libraries: libaio.so.1: cannot open shared object file" >&2
                        exit 127
                        """);

        assertThat(SystemLibraries.SERVER.folderFor(mysqld, cache())).contains(fetched);
    }

    @Test
    void fetchesTheLibrariesOfTheProgramOnly() throws IOException {
        Path mysql =
                script(
                        """
                        echo "$0: error while loading shared libraries: libaio.so.1: cannot open shared object file" >&2
                        exit 127
                        """);

        assertThatThrownBy(() -> SystemLibraries.CLIENT.folderFor(mysql, cache()))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        e -> assertThat(e.hint()).contains("libncurses6").doesNotContain("libaio"));
        assertThat(folder.resolve("cache")).doesNotExist();
    }

    @Test
    void namesThePackagesWhereTheProgramDoesNotStart() throws IOException {
        Path mysqld = script("echo 'GLIBC_2.28 not found'; exit 1");

        assertThatThrownBy(() -> SystemLibraries.SERVER.folderFor(mysqld, cache()))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        e -> {
                            assertThat(e).hasMessageContaining("GLIBC_2.28 not found");
                            assertThat(e.hint()).contains("libaio1", "libaio1t64", "libnuma1");
                        });
    }

    @Test
    void takesTheRenamedLibraryOfDebian13ForTheOneWanted() throws IOException {
        Path lib = Files.createDirectories(folder.resolve("usr/lib/x86_64-linux-gnu"));
        Files.writeString(lib.resolve("libaio.so.1t64.0.2"), "library");
        Files.createSymbolicLink(lib.resolve("libaio.so.1t64"), Path.of("libaio.so.1t64.0.2"));

        assertThat(SystemLibraries.find("libaio.so.1", folder))
                .hasValueSatisfying(file -> assertThat(file).hasContent("library"));
    }

    private MachineCache cache() {
        return new MachineCache(folder.resolve("cache"));
    }

    private Path script(String body) throws IOException {
        Path file = folder.resolve("mysqld");
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
