package org.flowshield.libp2p.kad;

import java.io.IOException;

/** No peer of the DHT could be asked, or none answered in time: what there is remains unknown. */
public final class DhtUnreachableException extends IOException {

    public DhtUnreachableException(String message) {
        super(message);
    }
}
