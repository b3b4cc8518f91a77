package org.flowshield.app.system;

import java.net.URI;

/** Opens an address in the person's browser. For the FX thread. */
@FunctionalInterface
public interface UrlOpener {

    void open(URI address);
}
