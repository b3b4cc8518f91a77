package org.flowshield.app.system.fx;

import java.net.URI;
import javafx.application.HostServices;
import org.flowshield.app.system.UrlOpener;

/** Opens what belongs on the web, and nothing else: no file, no program. For the FX thread. */
public final class FxUrlOpener implements UrlOpener {

    private final HostServices host;

    public FxUrlOpener(HostServices host) {
        this.host = host;
    }

    /**
     * @throws IllegalArgumentException if it is not of the web
     */
    @Override
    public void open(URI address) {
        host.showDocument(ofWeb(address).toString());
    }

    static URI ofWeb(URI address) {
        String scheme = address.getScheme();
        if (!"https".equals(scheme) && !"http".equals(scheme)) {
            throw new IllegalArgumentException("only addresses of the web are opened");
        }
        return address;
    }
}
