package org.flowshield.app.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.node.api.Problem;

/**
 * Installs the service by polkit's pkexec, which asks for the administrator's password in a window
 * of its own: it never passes through the app. Safe for use by any thread.
 */
public final class PkexecSetup implements ServiceSetup {

    private static final Path PKEXEC = Path.of("/usr/bin/pkexec");

    /** By pkexec's manual: the person closed the window, or was not allowed. */
    private static final int DISMISSED = 126;

    private static final int NOT_ALLOWED = 127;

    /** For who looks for a password first. */
    private static final long PATIENCE_MINUTES = 5;

    /** More of what it said is of no use in a window. */
    private static final int MOST_SAID = 2000;

    private final Path pkexec;
    private final Optional<Path> program;
    private final String user;

    /**
     * @param program the command line program; empty: this is no installed app
     * @param user who may steer the service
     */
    public PkexecSetup(Optional<Path> program, String user) {
        this(PKEXEC, program, user);
    }

    PkexecSetup(Path pkexec, Optional<Path> program, String user) {
        this.pkexec = pkexec;
        this.program = program;
        this.user = user;
    }

    @Override
    public boolean canInstall() {
        return program.isPresent() && Files.isExecutable(pkexec);
    }

    @Override
    public String command() {
        String name = program.map(Path::toString).orElse("./flowshield");
        return "sudo " + name + " service install --user " + user;
    }

    @Override
    public void install() throws FailureException, InterruptedException {
        Path installed =
                program.orElseThrow(() -> new IllegalStateException("ask canInstall() first"));
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            pkexec.toString(),
                                            installed.toString(),
                                            "service",
                                            "install",
                                            "--user",
                                            user))
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw failed("service_not_installed", "pkexec did not start: " + e.getMessage());
        }
        try {
            process.getOutputStream().close();
            String said =
                    new String(
                            process.getInputStream().readNBytes(MOST_SAID), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw failed("service_not_installed", "nobody answered for minutes");
            }
            check(process.exitValue(), said.strip());
        } catch (IOException e) {
            throw failed("service_not_installed", "pkexec ended early: " + e.getMessage());
        } finally {
            process.destroy();
        }
    }

    private void check(int status, String said) throws FailureException {
        switch (status) {
            case 0 -> {}
            case DISMISSED ->
                    throw failed(
                            "service_dismissed",
                            "the window for the password was closed: nothing was installed");
            case NOT_ALLOWED ->
                    throw failed(
                            "service_not_allowed",
                            "an administrator's rights were not given: nothing was installed");
            default ->
                    throw failed(
                            "service_not_installed", said.isEmpty() ? "status " + status : said);
        }
    }

    private FailureException failed(String code, String message) {
        return new FailureException(
                new Failure(
                        Failure.Kind.REFUSED,
                        new Problem(
                                code,
                                message,
                                "try it again, or type in a terminal: " + command())));
    }
}
