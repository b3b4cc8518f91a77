package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.flowshield.node.api.MemoryNode;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.client.EventStream;
import org.flowshield.node.api.client.NodeClient;
import org.flowshield.node.api.client.NodeEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watcher stops reading, or there are too many of them.
 *
 * <ol>
 *   <li>One opens the event stream of a provider with thousands of sessions and reads nothing.
 *   <li>The node changes many times; another watcher sees each change, nobody waits.
 *   <li>The slow one reads on: it gets the newest state and not what lies between.
 *   <li>Watchers beyond the limit are told so; nothing is sampled while nobody watches.
 * </ol>
 */
@Timeout(60)
final class SlowWatcherAttackIT {

    /** Their status is larger than what the kernel buffers for a socket. */
    private static final int SESSIONS = 1_500;

    private static final int CHANGES = 8;

    @TempDir private Path folder;

    private ServedNode served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
    }

    @AfterEach
    void stop() throws IOException {
        served.close();
    }

    @Test
    void who_reads_nothing_delays_nobody_and_gets_the_newest_at_last() throws Exception {
        change(0);
        try (RawHttp slow = new RawHttp(served.socket());
                NodeClient client = new NodeClient(served.socket());
                EventStream quick = client.events()) {
            slow.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(slow.status()).isEqualTo(200);
            assertThat(quick.next()).get().isInstanceOf(NodeEvent.Snapshot.class);
            for (int i = 1; i <= CHANGES; i++) {
                change(i);
                assertThat(quick.next()).contains(new NodeEvent.Provider(provider(i)));
            }
            List<String> events = new ArrayList<>();
            String data = "";
            while (!data.contains("\"mtu\":" + (1280 + CHANGES))) {
                String line = slow.line();
                if (line.startsWith("event: ")) {
                    events.add(line);
                } else if (line.startsWith("data: ")) {
                    data = line;
                }
            }
            assertThat(events).startsWith("event: snapshot").hasSizeLessThan(CHANGES / 2);
        }
    }

    @Test
    void too_many_watchers_are_told_so_and_a_place_is_free_again_when_one_leaves()
            throws Exception {
        List<RawHttp> watchers = new ArrayList<>();
        for (int i = 0; i < StatusFeed.MAX_WATCHERS; i++) {
            RawHttp watcher = new RawHttp(served.socket());
            watchers.add(watcher);
            watcher.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(watcher.status()).isEqualTo(200);
        }
        RawHttp.Reply refused = RawHttp.get(served.socket(), "/v1/events");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.code()).isEqualTo("busy");
        for (RawHttp watcher : watchers) {
            watcher.close();
        }
        int status = 503;
        while (status == 503) {
            // what they hung up on is noticed with the next event
            served.node().enable(RoleName.CLIENT);
            served.node().disable(RoleName.CLIENT);
            try (RawHttp next = new RawHttp(served.socket())) {
                next.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
                status = next.status();
            }
        }
        assertThat(status).isEqualTo(200);
    }

    @Test
    void nothing_is_sampled_while_nobody_watches() throws Exception {
        int before = served.node().timesAsked();
        for (int i = 0; i < 100; i++) {
            change(i);
        }
        assertThat(RawHttp.get(served.socket(), "/v1/status").status()).isEqualTo(200);
        assertThat(served.node().timesAsked()).isEqualTo(before + 1);
    }

    private void change(int i) {
        served.node().set(served.node().withProvider(provider(i)));
    }

    private static ProviderStatus provider(int i) {
        ProviderStatus one = MemoryNode.provider();
        return new ProviderStatus(
                one.multiaddrs(),
                one.reach(),
                one.ipv4(),
                one.ipv6(),
                1280 + i,
                Collections.nCopies(SESSIONS, one.sessions().getFirst()),
                one.traffic(),
                one.refused());
    }
}
