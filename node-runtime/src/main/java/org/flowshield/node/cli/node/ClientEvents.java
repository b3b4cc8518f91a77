package org.flowshield.node.cli.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.flowshield.node.api.ClientState;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;

/** Prints what becomes of a client, from one status to the next. Any thread. */
final class ClientEvents {

    private final Events events;

    /** Guarded by this. */
    private ClientState told = ClientState.DISCONNECTED;

    ClientEvents(Events events) {
        this.events = events;
    }

    /** Tells what is new; what came and went since the last call is not told. */
    synchronized void tell(ClientStatus status) {
        ClientState before = told;
        told = status.state();
        if (before == told) {
            return;
        }
        if (before == ClientState.CONNECTED) {
            counters(status.traffic());
        }
        switch (told) {
            case CONNECTING ->
                    events.tell("connecting", Map.of("provider", "" + status.provider()));
            case CONNECTED ->
                    Optional.ofNullable(status.tunnel())
                            .ifPresent(tunnel -> events.tell("connected", description(tunnel)));
            case RECONNECTING -> events.tell("blocked", Map.of("reason", reason(status)));
            case BLOCKING_FAILED ->
                    events.tell("blocking_failed", Map.of("reason", reason(status)));
            case DISCONNECTING, DISCONNECTED -> {} // told when it is known why
        }
    }

    /** Tells what was carried so far. */
    synchronized void counters(Traffic traffic) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("sent_bytes", traffic.sentBytes());
        all.put("sent_packets", traffic.sentPackets());
        all.put("received_bytes", traffic.receivedBytes());
        all.put("received_packets", traffic.receivedPackets());
        all.put("dropped", traffic.dropped());
        events.tell("counters", all);
    }

    synchronized void disconnected(String why) {
        events.tell("disconnected", Map.of("reason", why));
    }

    private static String reason(ClientStatus status) {
        return Optional.ofNullable(status.problem()).map(Problem::message).orElse("");
    }

    private static Map<String, Object> description(TunnelStatus tunnel) {
        Map<String, Object> all = new LinkedHashMap<>();
        Optional.ofNullable(tunnel.ipv4()).ifPresent(v4 -> all.put("ipv4", v4));
        Optional.ofNullable(tunnel.ipv6()).ifPresent(v6 -> all.put("ipv6", v6));
        all.put("dns", tunnel.dns());
        all.put("mtu", tunnel.mtu());
        all.put("lanes", tunnel.lanes());
        all.put("datagram_lane", tunnel.datagramLane());
        all.put("device", tunnel.device());
        return all;
    }
}
