package org.flowshield.node.fullnode.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of the explorer: it is served as it is, and asks nobody else for anything. Immutable.
 *
 * @param type its media type
 */
record Page(String type, byte[] bytes) {

    private static final Map<String, Page> ALL =
            Map.of(
                    "/", read("explorer.html", "text/html; charset=utf-8"),
                    "/explorer.css", read("explorer.css", "text/css; charset=utf-8"),
                    "/explorer.js", read("explorer.js", "text/javascript; charset=utf-8"),
                    "/flowshield.svg", read("flowshield.svg", "image/svg+xml"),
                    "/openapi.yaml", read("openapi.yaml", "application/yaml"));

    /** What is at a path; null if there is no file. */
    static @Nullable Page at(String path) {
        return ALL.get(path);
    }

    private static Page read(String name, String type) {
        try (InputStream in = Page.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its file " + name);
            }
            return new Page(type, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
