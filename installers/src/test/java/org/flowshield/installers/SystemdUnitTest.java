package org.flowshield.installers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemdUnitTest {

    /**
     * In tenths, of 100: what is left is what the daemon is for (routes, filters, the network,
     * root's own file of name servers). A unit without protections has 96.
     */
    private static final int EXPOSURE_AT_MOST = 30;

    private static final Path UNIT =
            Sources.INSTALLERS.resolve("linux/systemd/flowshieldd.service");

    @TempDir private Path root = Path.of("");

    @BeforeAll
    static void systemd_is_there_to_be_asked() {
        assumeTrue(
                Sources.isInstalled("systemd-analyze"),
                "systemd is not installed (./dev setup installs it)");
    }

    @Test
    void systemd_understands_every_line_of_it() throws Exception {
        assertThat(verified(Files.readString(UNIT))).isEmpty();
        assertThat(verified(Files.readString(UNIT).replace("ProtectHome=yes", "ProtectHom=yes")))
                .as("a mistake is seen")
                .contains("ProtectHom");
    }

    @Test
    void it_exposes_no_more_than_the_daemon_needs() throws Exception {
        String unit = Files.readString(UNIT);
        assertThat(exposed(unit).status()).as(exposed(unit).output()).isZero();
        assertThat(exposed(unit.replace("CapabilityBoundingSet=", "X-Was=")).status())
                .as("a unit with all of root's powers is seen")
                .isNotZero();
    }

    @Test
    void it_keeps_what_must_outlive_a_daemon_that_dies() throws Exception {
        assertThat(Files.readAllLines(UNIT))
                .contains(
                        "RuntimeDirectoryPreserve=yes",
                        "StateDirectory=flowshield",
                        "StateDirectoryMode=0700",
                        "Restart=on-failure");
    }

    private String verified(String unit) throws IOException, InterruptedException {
        Path file = root.resolve("flowshieldd.service");
        // The program is not installed where this is tested.
        Files.writeString(file, unit.replace("/usr/lib/flowshield/bin/flowshieldd", "/bin/true"));
        return Sources.run(List.of("systemd-analyze", "verify", "--man=no", file.toString()))
                .output()
                .lines()
                .filter(line -> line.contains("flowshieldd"))
                .reduce("", (all, line) -> all + line + "\n");
    }

    private Sources.Result exposed(String unit) throws IOException, InterruptedException {
        Path file = root.resolve("flowshieldd.service");
        Files.writeString(file, unit);
        return Sources.run(
                List.of(
                        "systemd-analyze",
                        "security",
                        "--offline=true",
                        "--threshold=" + EXPOSURE_AT_MOST,
                        file.toString()));
    }
}
