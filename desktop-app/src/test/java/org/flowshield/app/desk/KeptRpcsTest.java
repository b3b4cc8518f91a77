package org.flowshield.app.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.network.RpcUrl;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desks ask whom the service asks, also while it is away. */
final class KeptRpcsTest {

    private static final ChainId CHAIN = new ChainId(5);
    private static final List<RpcUrl> OWN =
            List.of(
                    new RpcUrl(URI.create("https://me:pw@mine.example/key")),
                    new RpcUrl(URI.create("http://10.0.0.5:8545")));

    private final List<List<RpcUrl>> told = new ArrayList<>();

    @TempDir private Path folder;

    private Path file() {
        return folder.resolve("app").resolve("chain.rpcs");
    }

    private KeptRpcs open() {
        return KeptRpcs.open(file(), CHAIN, told::add);
    }

    @Test
    void what_the_service_was_given_is_asked_and_again_at_the_next_start() throws Exception {
        KeptRpcs rpcs = open();
        assertThat(told).isEmpty();
        rpcs.take(settings(OWN, 5L));
        rpcs.take(settings(OWN, 5L));
        assertThat(told).containsExactly(OWN);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");

        KeptRpcs next = open();
        assertThat(told).containsExactly(OWN, OWN);
        next.take(settings(List.of(), 5L));
        assertThat(told.getLast()).isEmpty();
        KeptRpcs _ = open();
        assertThat(told).hasSize(3);
    }

    @Test
    void what_a_service_on_another_chain_or_on_none_was_given_is_of_no_use() {
        KeptRpcs rpcs = open();
        rpcs.take(settings(OWN, 1L));
        rpcs.take(settings(OWN, null));
        assertThat(told).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void a_file_that_can_not_be_read_counts_as_none() throws Exception {
        Files.createDirectories(folder.resolve("app"));
        Files.writeString(file(), "nonsense");
        KeptRpcs rpcs = open();
        assertThat(told).isEmpty();
        rpcs.take(settings(OWN, 5L));
        assertThat(told).containsExactly(OWN);
    }

    @Test
    void where_it_can_not_be_kept_it_is_asked_all_the_same_and_kept_later() throws Exception {
        Files.writeString(folder.resolve("app"), "in the way");
        KeptRpcs rpcs = open();
        rpcs.take(settings(OWN, 5L));
        assertThat(told).containsExactly(OWN);

        Files.delete(folder.resolve("app"));
        rpcs.take(settings(OWN, 5L));
        assertThat(told).containsExactly(OWN);
        KeptRpcs _ = open();
        assertThat(told).containsExactly(OWN, OWN);
    }

    @Test
    void what_was_chosen_for_another_chain_is_not_asked_at_the_next_start() {
        open().take(settings(OWN, 5L));
        told.clear();
        KeptRpcs next = KeptRpcs.open(file(), new ChainId(55), told::add);
        assertThat(told).isEmpty();
        next.take(settings(OWN.subList(0, 1), 55L));
        KeptRpcs _ = open();
        assertThat(told).containsExactly(OWN.subList(0, 1));
    }

    private static NetworkSettings settings(List<RpcUrl> rpcs, @Nullable Long chain) {
        return new NetworkSettings(
                rpcs, List.of(), new NetworkSettings.InForce(chain, rpcs, null, List.of(), null));
    }
}
