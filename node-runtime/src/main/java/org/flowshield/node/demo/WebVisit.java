package org.flowshield.node.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A visit to the lab's web server, run as a process of its own in the client's namespace:
 *
 * <pre>
 *  get URL MILLIS         prints the body
 *  download URL N         reads N zero bytes and prints how many nanoseconds that took
 *  upload URL N           writes N bytes and prints the same
 * </pre>
 *
 * Speaks just enough HTTP: a socket and large buffers measure the path and not a library.
 */
public final class WebVisit {

    private static final int CHUNK = 256 * 1024;
    private static final int LONGEST_HEADER = 8192;
    private static final int PATIENCE_MILLIS = 60_000;

    /** Reaches the just-in-time compiler and TCP's full window before anything is timed. */
    private static final long WARM_UP = 64_000_000;

    private WebVisit() {}

    /** Arguments: see the class. */
    public static void main(String[] arguments) throws IOException {
        URI uri = URI.create(arguments[1]);
        switch (arguments[0]) {
            case "get" -> System.out.print(get(uri, Integer.parseInt(arguments[2])));
            case "download" -> {
                long bytes = Long.parseLong(arguments[2]);
                long _ = download(uri, WARM_UP);
                System.out.println(download(uri, bytes));
            }
            case "upload" -> {
                long bytes = Long.parseLong(arguments[2]);
                long _ = upload(uri, WARM_UP);
                System.out.println(upload(uri, bytes));
            }
            default -> throw new IllegalArgumentException("no such visit: " + arguments[0]);
        }
    }

    private static String get(URI uri, int millis) throws IOException {
        try (Socket socket = connect(uri, millis)) {
            request(socket, "GET " + uri.getPath(), uri, 0);
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            header(in);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static long download(URI uri, long bytes) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connect(uri, PATIENCE_MILLIS)) {
            request(socket, "GET /bytes?n=" + bytes, uri, 0);
            InputStream in = socket.getInputStream();
            header(in);
            byte[] chunk = new byte[CHUNK];
            byte[] zeros = new byte[CHUNK];
            long received = 0;
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                if (!Arrays.equals(chunk, 0, n, zeros, 0, n)) {
                    throw new IOException("a byte was changed on the way");
                }
                received += n;
            }
            if (received != bytes) {
                throw new IOException(received + " of " + bytes + " bytes arrived");
            }
            return System.nanoTime() - start;
        }
    }

    private static long upload(URI uri, long bytes) throws IOException {
        long start = System.nanoTime();
        try (Socket socket = connect(uri, PATIENCE_MILLIS)) {
            request(socket, "POST /sink", uri, bytes);
            OutputStream out = socket.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (long left = bytes; left > 0; left -= chunk.length) {
                out.write(chunk, 0, (int) Math.min(left, chunk.length));
            }
            out.flush();
            BufferedInputStream in = new BufferedInputStream(socket.getInputStream());
            header(in);
            String taken = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!taken.equals(Long.toString(bytes))) {
                throw new IOException(taken + " of " + bytes + " bytes arrived");
            }
            return System.nanoTime() - start;
        }
    }

    private static Socket connect(URI uri, int millis) throws IOException {
        Socket socket = new Socket();
        try {
            String host = uri.getHost().replaceAll("[\\[\\]]", "");
            int port = uri.getPort() < 0 ? 80 : uri.getPort();
            socket.connect(new InetSocketAddress(host, port), millis);
            socket.setSoTimeout(millis);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static void request(Socket socket, String line, URI uri, long length)
            throws IOException {
        String head =
                "%s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"
                        .formatted(line, uri.getAuthority(), length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads up to and with the empty line. */
    private static void header(InputStream in) throws IOException {
        StringBuilder header = new StringBuilder();
        while (header.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || header.length() >= LONGEST_HEADER) {
                throw new IOException("no answer that can be understood: " + header);
            }
            header.append((char) next);
        }
        if (!header.toString().startsWith("HTTP/1.1 200 ")) {
            throw new IOException(header.substring(0, header.indexOf("\r\n")));
        }
    }
}
