package io.bactrian.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bactrian.error.ConnectionException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MySqlDistributionTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, aarch64, linux-aarch64",
        "Mac OS X, x86_64, mac-x86_64",
        "Mac OS X, aarch64, mac-aarch64"
    })
    void namesTheDistributionOfAPlatform(String os, String arch, String classifier) {
        assertThat(MySqlDistribution.platform(os, arch)).isEqualTo(classifier);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Linux, riscv64"})
    void saysWhatToDoOnAPlatformWithoutDistribution(String os, String arch) {
        assertThatThrownBy(() -> MySqlDistribution.platform(os, arch))
                .isInstanceOfSatisfying(
                        ConnectionException.class,
                        e -> {
                            assertThat(e.object()).isEqualTo(os + " " + arch);
                            assertThat(e.hint()).contains("BACTRIAN_TEST_SOURCE");
                        });
    }
}
