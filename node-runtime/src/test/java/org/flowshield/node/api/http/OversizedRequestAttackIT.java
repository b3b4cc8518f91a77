package org.flowshield.node.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.flowshield.node.api.ServedNode;
import org.flowshield.node.api.http.RawHttp.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Somebody who may steer the daemon sends it more than it should take.
 *
 * <ol>
 *   <li>A body with a length beyond the bound is refused before it is read.
 *   <li>A body in chunks that never ends is refused at the bound.
 *   <li>A header or path without end is refused at the bound; junk is no request.
 *   <li>JSON nested without end is refused.
 *   <li>Each is told why, the connection is closed, and others are served.
 * </ol>
 */
@Timeout(60)
final class OversizedRequestAttackIT {

    private static final String POST = "POST /v1/disconnect HTTP/1.1\r\nHost: x\r\n";

    @TempDir private Path folder;

    private ServedNode served;

    @BeforeEach
    void serve() throws IOException {
        served = new ServedNode(folder);
    }

    @AfterEach
    void others_are_served() throws IOException {
        assertThat(RawHttp.get(served.socket(), "/v1/status").status()).isEqualTo(200);
        served.close();
    }

    @Test
    void a_body_that_says_it_is_too_long() throws Exception {
        expect(
                413,
                "too_large",
                "POST /v1/connect HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999999\r\n\r\n");
    }

    @Test
    void a_body_one_byte_too_long() throws Exception {
        String most = " ".repeat(ApiHandler.MAX_BODY - 2) + "{}";
        assertThat(RawHttp.post(served.socket(), "/v1/disconnect", most).status()).isEqualTo(200);
        Reply reply = RawHttp.post(served.socket(), "/v1/disconnect", " " + most);
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void a_body_in_chunks_that_never_end() throws Exception {
        String chunk = "1000\r\n" + " ".repeat(0x1000) + "\r\n";
        expect(
                413,
                "too_large",
                "POST /v1/connect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + chunk.repeat(5));
    }

    @Test
    void a_chunk_that_is_none() throws Exception {
        expect(
                400,
                "malformed",
                "POST /v1/connect HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
    }

    @Test
    void headers_without_end() throws Exception {
        expect(
                431,
                "malformed",
                "GET /v1/status HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
    }

    @Test
    void a_path_without_end() throws Exception {
        expect(414, "malformed", "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    @Test
    void junk() throws Exception {
        expect(400, "malformed", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n");
    }

    @Test
    void two_lengths_or_a_length_beside_chunks() throws Exception {
        expect(400, "malformed", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}");
        expect(
                400,
                "malformed",
                POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
    }

    @Test
    void json_nested_without_end() throws Exception {
        Reply reply = RawHttp.post(served.socket(), "/v1/connect", "[".repeat(ApiHandler.MAX_BODY));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("bad_request");
    }

    private void expect(int status, String code, String request) throws IOException {
        try (RawHttp http = new RawHttp(served.socket())) {
            http.send(request);
            Reply reply = http.reply();
            assertThat(reply.status()).isEqualTo(status);
            assertThat(reply.code()).isEqualTo(code);
            assertThat(http.isClosed()).isTrue();
        }
    }
}
