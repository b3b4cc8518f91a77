package org.flowshield.node.resolver.linux;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.resolver.SystemResolver;
import org.flowshield.node.restore.Change;
import org.flowshield.node.restore.ChangeJournal;
import org.flowshield.node.restore.FileState;
import org.flowshield.node.restore.Machine;
import org.flowshield.node.restore.RecordedChanges;
import org.flowshield.node.restore.linux.LinuxMachine;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Name resolution by {@code /etc/resolv.conf}, a file or a symbolic link. What was there is
 * recorded before it is replaced. Once somebody else has written the file it is theirs: it is not
 * written again and not put back.
 *
 * <p>One thread at a time.
 */
public final class ResolvConf implements SystemResolver {

    private static final Logger LOG = LoggerFactory.getLogger(ResolvConf.class);

    private static final Path FILE = Path.of("/etc/resolv.conf");

    /** Where systemd-resolved listens while it runs. */
    private static final Path RESOLVED = Path.of("/run/systemd/resolve/io.systemd.Resolve");

    /** glibc looks at no more (resolv.conf(5), MAXNS). */
    private static final int MOST_SERVERS = 3;

    private static final String PERMISSIONS = "rw-r--r--";

    private final Path file;
    private final ChangeJournal journal;
    private final Machine machine;

    /** What stands at present: null while the file is as we found it. */
    private @Nullable Written written;

    private record Written(FileState before, FileState ours, RecordedChanges recorded) {}

    /**
     * @param machine for records of files
     */
    ResolvConf(Path file, ChangeJournal journal, Machine machine) {
        this.file = file;
        this.journal = journal;
        this.machine = machine;
    }

    /** That of the system. */
    public static ResolvConf system() {
        return new ResolvConf(
                FILE, new ChangeJournal(ChangeJournal.LASTING), LinuxMachine.ofFiles());
    }

    @Override
    public void pointAt(List<InetAddress> servers) throws IOException {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("nobody to ask");
        }
        FileState current = FileState.of(file);
        Written standing = written;
        FileState ours = new FileState.Plain(text(servers), PERMISSIONS);
        if (standing == null) {
            warnOfResolved();
            written = replace(current, ours);
        } else if (!standing.ours().equals(current)) {
            LOG.warn(
                    "{} was changed by another program and is left alone: names may not resolve"
                            + " while connected",
                    file);
        } else if (!standing.ours().equals(ours)) {
            written = replace(standing.before(), ours);
            standing.recorded().forget();
        }
    }

    private Written replace(FileState before, FileState ours) throws IOException {
        RecordedChanges recorded =
                journal.record(
                        "the system's DNS settings",
                        List.of(new Change.SettingsFile(file.toString(), before, ours)),
                        machine);
        try {
            ours.write(file);
            return new Written(before, ours, recorded);
        } catch (IOException failure) {
            try (recorded) {
                throw failure;
            }
        }
    }

    private static void warnOfResolved() {
        if (Files.exists(RESOLVED)) {
            LOG.warn(
                    "systemd-resolved runs here, and only {} is changed: programs that ask it"
                            + " directly may not resolve names while connected",
                    FILE);
        }
    }

    @Override
    public void restore() throws IOException {
        Written standing = written;
        if (standing == null) {
            return;
        }
        if (!FileState.of(file).equals(standing.ours())) {
            LOG.warn("{} was changed by another program meanwhile and is left as it is", file);
        }
        standing.recorded().close();
        written = null;
    }

    private static String text(List<InetAddress> servers) {
        StringBuilder text =
                new StringBuilder(
                        """
                        # By FlowShield, while it is connected: names are asked through the tunnel.
                        # What was here before comes back; after a crash, by: flowshield cleanup
                        """);
        servers.stream()
                .limit(MOST_SERVERS)
                .forEach(
                        server ->
                                text.append("nameserver ")
                                        .append(server.getHostAddress())
                                        .append('\n'));
        return text.toString();
    }
}
