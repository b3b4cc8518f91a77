package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.ServedNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A program of an allowed user leaks connections, or holds them on purpose.
 *
 * <ol>
 *   <li>It opens 500 and says nothing, or only the beginning of a request, of its headers, or of
 *       its body.
 *   <li>An honest client connects after them and is served at once.
 *   <li>As many were closed for it as were above the limit.
 *   <li>One that is being answered is not closed for them.
 * </ol>
 */
@Timeout(60)
final class IdleConnectionsAttackIT {

    private static final int MANY = 500;

    @TempDir private Path folder;

    private ServedNode served;
    private final List<RawHttp> held = new ArrayList<>();

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
    }

    @AfterEach
    void stop() throws IOException {
        for (RawHttp http : held) {
            http.close();
        }
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /v1/sta",
                "GET /v1/status HTTP/1.1\r\nHost: x\r\nX: ",
                "POST /v1/connect HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{",
            })
    void an_honest_client_is_served_at_once(String beginning) throws Exception {
        hold(beginning);
        assertThat(RawHttp.get(served.socket(), "/v1/status").status()).isEqualTo(200);
        CountDownLatch made = new CountDownLatch(MANY - Connections.MAX_ALLOWED);
        AtomicInteger closed = new AtomicInteger();
        for (RawHttp http : held) {
            Thread _ =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        if (http.isClosed()) {
                                            closed.incrementAndGet();
                                            made.countDown();
                                        }
                                    });
        }
        made.await();
        assertThat(closed.get()).as("not by the idle time-out, which takes all").isLessThan(MANY);
    }

    @Test
    void a_watcher_keeps_its_connection() throws Exception {
        try (RawHttp watcher = new RawHttp(served.socket())) {
            watcher.send("GET /v1/events HTTP/1.1\r\nHost: x\r\n\r\n");
            assertThat(watcher.status()).isEqualTo(200);
            hold("");
            assertThat(RawHttp.get(served.socket(), "/v1/status").status()).isEqualTo(200);
            served.node().enable(RoleName.CLIENT);
            String line = watcher.line();
            while (!line.equals("event: roles")) {
                line = watcher.line();
            }
        }
    }

    private void hold(String beginning) throws IOException {
        for (int i = 0; i < MANY; i++) {
            RawHttp http = new RawHttp(served.socket());
            held.add(http);
            http.send(beginning);
        }
    }
}
