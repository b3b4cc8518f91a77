package org.flowshield.node.api.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.flowshield.node.api.json.ApiJson;
import tools.jackson.databind.JsonNode;

/** A connection to the API on which a test writes what it likes. */
public final class RawHttp implements AutoCloseable {

    private final SocketChannel channel;
    private final BufferedReader in;

    public RawHttp(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        in =
                new BufferedReader(
                        new InputStreamReader(
                                Channels.newInputStream(channel), StandardCharsets.ISO_8859_1));
    }

    /** An answer as it came. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public JsonNode json() {
            return ApiJson.strict().readTree(body);
        }

        public String code() {
            return json().path("error").path("code").asString();
        }
    }

    /** One request on a connection of its own. */
    static Reply ask(Path socket, String method, String path, String body) throws IOException {
        try (RawHttp http = new RawHttp(socket)) {
            http.send(
                    method
                            + " "
                            + path
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                            + body.length()
                            + "\r\n\r\n"
                            + body);
            return http.reply();
        }
    }

    static Reply get(Path socket, String path) throws IOException {
        return ask(socket, "GET", path, "");
    }

    static Reply post(Path socket, String path, String body) throws IOException {
        return ask(socket, "POST", path, body);
    }

    public void send(String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** The next answer that has a length. */
    public Reply reply() throws IOException {
        int status = status();
        Map<String, String> headers = headers();
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        char[] body = new char[length];
        for (int at = 0; at < length; ) {
            int n = in.read(body, at, length - at);
            if (n < 0) {
                throw new IOException("cut off in the body");
            }
            at += n;
        }
        return new Reply(status, headers, new String(body));
    }

    /** The head of an answer; what follows is read by lines. */
    int status() throws IOException {
        String line = line();
        return Integer.parseInt(line.split(" ", 3)[1]);
    }

    Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the server closed the connection");
        }
        return line;
    }

    /** Whether the server closed it; waits for that, or for a byte. */
    boolean isClosed() {
        try {
            return in.read() < 0;
        } catch (IOException e) {
            return true; // reset
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
