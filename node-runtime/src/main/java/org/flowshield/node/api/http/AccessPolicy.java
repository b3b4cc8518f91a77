package org.flowshield.node.api.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.Arrays;
import java.util.Optional;
import jdk.net.UnixDomainPrincipal;

/**
 * Who may steer a node: root, the owner of its data directory, and the members of a group, if the
 * machine has it. Immutable; users and groups are looked up anew for each peer, so that {@code
 * usermod} works at once. Safe for use by any thread.
 */
public final class AccessPolicy {

    /** The group that installers make. */
    public static final String GROUP = "flowshield";

    /** A user of that number is root, whatever the system calls it. */
    private static final String ROOT = "0";

    private static final Path GROUPS = Path.of("/etc/group");

    private final Path dataDirectory;
    private final String group;
    private final Path groups;

    /** The policy of a node with that data directory. */
    public AccessPolicy(Path dataDirectory) {
        this(dataDirectory, GROUP, GROUPS);
    }

    /** The same for another group, whose members stand in another file of that format. */
    AccessPolicy(Path dataDirectory, String group, Path groups) {
        this.dataDirectory = dataDirectory;
        this.group = group;
        this.groups = groups;
    }

    /**
     * Whether a process with these credentials may steer the node.
     *
     * @throws IOException if that can't be found out; the answer is no then
     */
    boolean allows(UnixDomainPrincipal peer) throws IOException {
        UserPrincipal user = peer.user();
        return user.equals(lookup().lookupPrincipalByName(ROOT))
                || user.equals(Files.getOwner(dataDirectory))
                || isMember(user, peer.group());
    }

    /** In words, for who was refused. */
    String inWords() {
        return "root, the owner of " + dataDirectory + " and members of the group " + group;
    }

    String group() {
        return group;
    }

    /** The kernel tells the primary group only; others stand in the file of groups. */
    private boolean isMember(UserPrincipal user, GroupPrincipal primary) throws IOException {
        Optional<GroupPrincipal> allowed = find(group);
        return allowed.filter(primary::equals).isPresent() || isListed(user.getName());
    }

    private static Optional<GroupPrincipal> find(String name) throws IOException {
        try {
            return Optional.of(lookup().lookupPrincipalByGroupName(name));
        } catch (UserPrincipalNotFoundException e) {
            return Optional.empty();
        }
    }

    private boolean isListed(String user) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(groups, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] fields = line.split(":", -1);
                if (fields.length == 4 && fields[0].equals(group)) {
                    return Arrays.asList(fields[3].split(",", -1)).contains(user);
                }
            }
        } catch (NoSuchFileException e) {
            return false;
        }
        return false;
    }

    private static UserPrincipalLookupService lookup() {
        return Path.of("/").getFileSystem().getUserPrincipalLookupService();
    }
}
