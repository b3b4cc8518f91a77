package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import jdk.net.UnixDomainPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessPolicyTest {

    @TempDir private Path folder;

    private final UserPrincipalLookupService users =
            Path.of("/").getFileSystem().getUserPrincipalLookupService();

    @Test
    void root_may() throws IOException {
        assertThat(policy("flowshield:x:990:\n").allows(peer("root", "root"))).isTrue();
    }

    /** Not who runs the tests: they own the folder. */
    private static final String STRANGER =
            System.getProperty("user.name").equals("nobody") ? "bin" : "nobody";

    @Test
    void the_owner_of_the_data_directory_may() throws IOException {
        assumeTrue(Files.getOwner(folder).getName().equals("root"), "needs root to give it away");
        assertThat(policy("").allows(peer(STRANGER, "nogroup"))).isFalse();
        Files.setOwner(folder, users.lookupPrincipalByName(STRANGER));
        assertThat(policy("").allows(peer(STRANGER, "nogroup"))).isTrue();
        assertThat(policy("").allows(peer("daemon", "daemon"))).isFalse();
    }

    @Test
    void who_stands_in_the_group_may_and_nobody_whose_name_only_looks_like_it() throws IOException {
        String groups =
                """
                root:x:0:
                flowshield2:x:991:%1$s
                broken
                flowshield:x:990:%1$s2,daemon,no
                other:x:992:%1$s
                """
                        .formatted(STRANGER);
        assertThat(policy(groups).allows(peer("daemon", "daemon"))).isTrue();
        assertThat(policy(groups).allows(peer(STRANGER, "nogroup"))).isFalse();
        assertThat(
                        policy("flowshield:x:990:a," + STRANGER + "\n")
                                .allows(peer(STRANGER, "nogroup")))
                .isTrue();
    }

    @Test
    void who_has_it_as_primary_group_may() throws IOException {
        AccessPolicy policy = new AccessPolicy(folder, "games", write(""));
        assertThat(policy.allows(peer(STRANGER, "games"))).isTrue();
        assertThat(policy.allows(peer(STRANGER, "nogroup"))).isFalse();
    }

    @Test
    void a_machine_without_the_group_or_without_groups_has_no_members() throws IOException {
        assertThat(policy("root:x:0:\n").allows(peer(STRANGER, "nogroup"))).isFalse();
        AccessPolicy none = new AccessPolicy(folder, "flowshield", folder.resolve("missing"));
        assertThat(none.allows(peer(STRANGER, "nogroup"))).isFalse();
    }

    private AccessPolicy policy(String groups) throws IOException {
        return new AccessPolicy(folder, "flowshield", write(groups));
    }

    private Path write(String groups) throws IOException {
        return Files.writeString(folder.resolve("group"), groups);
    }

    private UnixDomainPrincipal peer(String user, String group) throws IOException {
        return new UnixDomainPrincipal(
                users.lookupPrincipalByName(user), users.lookupPrincipalByGroupName(group));
    }
}
