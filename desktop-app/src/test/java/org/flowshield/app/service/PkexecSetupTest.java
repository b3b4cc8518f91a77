package org.flowshield.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.flowshield.app.daemon.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program in pkexec's place says what it was called with, and ends as pkexec does. */
final class PkexecSetupTest {

    @TempDir private Path folder;

    @Test
    void asks_for_exactly_the_installation() throws Exception {
        Path called = folder.resolve("called");
        PkexecSetup setup = setup("echo \"$@\" > " + called);
        assertThat(setup.canInstall()).isTrue();
        setup.install();
        assertThat(Files.readString(called).strip())
                .isEqualTo(program() + " service install --user somebody");
    }

    @Test
    void a_closed_window_is_no_installation() throws Exception {
        assertFails("exit 126", "service_dismissed");
        assertFails("exit 127", "service_not_allowed");
        assertFails("echo no systemd here; exit 4", "service_not_installed");
    }

    @Test
    void a_checkout_tells_the_command() {
        PkexecSetup setup = new PkexecSetup(Optional.empty(), "somebody");
        assertThat(setup.canInstall()).isFalse();
        assertThat(setup.command()).isEqualTo("sudo ./flowshield service install --user somebody");
    }

    private void assertFails(String script, String code) throws Exception {
        PkexecSetup setup = setup(script);
        assertThatThrownBy(setup::install)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> {
                            assertThat(e.failure().problem().code()).isEqualTo(code);
                            assertThat(e.failure().problem().action()).contains(setup.command());
                        });
    }

    private PkexecSetup setup(String script) throws Exception {
        Path pkexec = folder.resolve("pkexec");
        Files.writeString(pkexec, "#!/bin/sh\n" + script + "\n");
        Path executable =
                Files.setPosixFilePermissions(pkexec, PosixFilePermissions.fromString("rwx------"));
        return new PkexecSetup(executable, Optional.of(program()), "somebody");
    }

    private Path program() {
        return folder.resolve("flowshield");
    }
}
