package org.flowshield.node.api.network;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;
import org.flowshield.node.api.network.MalformedWayException.Reason;

/**
 * A way to a chain: the URL of a server that speaks JSON-RPC over HTTP. It may hold a key or a
 * password, which {@link #text} alone tells. Immutable.
 */
public record RpcUrl(URI uri) {

    /** Three of different servers are enough for proofs; the next in turn is asked if one fails. */
    public static final int MAX_RPCS = 4;

    /** Servers take no longer ones. */
    private static final int MAX_CHARS = 1024;

    private static final int MAX_PORT = 65_535;

    private static final Pattern BETWEEN = Pattern.compile("\\s+");
    private static final Pattern ASCII = Pattern.compile("[!-~]+");

    /**
     * @throws IllegalArgumentException if no server could be asked there over HTTP
     */
    public RpcUrl {
        if (!isHttp(uri) || uri.getHost() == null) {
            throw new IllegalArgumentException("an RPC is a URL that begins with http or https");
        }
    }

    /**
     * Reads a URL as people write it.
     *
     * @throws MalformedWayException if it is none of a server that is asked over HTTP
     */
    public static RpcUrl parse(String text) throws MalformedWayException {
        if (text.length() > MAX_CHARS || !ASCII.matcher(text).matches()) {
            throw notAUrl();
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            MalformedWayException malformed = notAUrl();
            malformed.addSuppressed(new IllegalArgumentException(e.getReason()));
            throw malformed;
        }
        if (uri.getScheme() != null && uri.getHost() != null && !isHttp(uri)) {
            throw new MalformedWayException(
                    Reason.NOT_HTTP,
                    "an RPC begins with http:// or https://, not with " + uri.getScheme() + "://");
        }
        if (!isHttp(uri)
                || uri.getHost() == null
                || uri.getRawFragment() != null
                || !hasPort(uri)) {
            throw notAUrl();
        }
        return new RpcUrl(uri);
    }

    private static boolean isHttp(URI uri) {
        return "http".equalsIgnoreCase(uri.getScheme())
                || "https".equalsIgnoreCase(uri.getScheme());
    }

    private static boolean hasPort(URI uri) {
        return uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= MAX_PORT);
    }

    private static MalformedWayException notAUrl() {
        return new MalformedWayException(
                Reason.NOT_A_URL, "an RPC is not a URL such as https://rpc.example");
    }

    /**
     * Reads several with spaces or new lines between them, the first to be asked first.
     *
     * @throws MalformedWayException for the first that is wrong, one that is named twice, or more
     *     than {@link #MAX_RPCS}
     */
    public static List<RpcUrl> parseAll(String text) throws MalformedWayException {
        return Ways.parse(BETWEEN, text, RpcUrl::parse, RpcUrl::of);
    }

    /** The same several, if they can be chosen together. */
    static List<RpcUrl> of(List<RpcUrl> rpcs) throws MalformedWayException {
        return Ways.distinct(rpcs, MAX_RPCS, "RPCs can be named");
    }

    /** All of it, with what may be a key. */
    public String text() {
        return uri.toString();
    }

    /** The server, without name and password, path and query, any of which may hold a key. */
    @Override
    public String toString() {
        String server =
                uri.getScheme()
                        + "://"
                        + uri.getHost()
                        + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
        boolean isAll = text().equals(server) || text().equals(server + "/");
        return isAll ? server : server + "/…";
    }
}
