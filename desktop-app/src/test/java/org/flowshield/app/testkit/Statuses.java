package org.flowshield.app.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.ReachStatus;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleState;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SessionStatus;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.payment.NetworkStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.SessionPayment;

/** How a daemon stands in tests: the same each time, and nobody's. */
public final class Statuses {

    public static final String PEER = "12D3KooWDpJ7As7BWAwRMfu1VU2WCqNjvq387JEYKDBj4kx6nXTN";
    private static final String CLIENT = "12D3KooWEyoppNCUx8Yx66oV9fJnriXwCcXwDDUA2kj6vnc6iDEp";
    private static final String OTHER = "12D3KooWH3uVF6wv47WnArKHk5p6cvgCJEb74UTmxztmQDc298L3";

    private Statuses() {}

    /** Nothing but the client role is on. */
    public static NodeStatus idle() {
        return status(RoleState.OFF, null, "61.2");
    }

    /** It is switched off by its hours. */
    public static NodeStatus pausedUntil(Instant moment) {
        NodeStatus idle = idle();
        return new NodeStatus(
                idle.version(),
                idle.peerId(),
                idle.startedAt(),
                idle.roles().stream()
                        .map(
                                role ->
                                        role.name() == RoleName.PROVIDER
                                                ? role.with(Optional.of(moment))
                                                : role)
                        .toList(),
                idle.client(),
                idle.provider(),
                idle.fullnode(),
                idle.payment(),
                idle.limits());
    }

    /** It serves two clients, and others get to it. */
    public static NodeStatus serving() {
        return serving(
                new ReachStatus(ReachStatus.State.PROVEN, "peers have dialled this node", null));
    }

    public static NodeStatus serving(ReachStatus reach) {
        return status(RoleState.ON, provider(reach), "61.2");
    }

    /** It serves, and has been paid that much. */
    public static NodeStatus earning(String earned) {
        return status(
                RoleState.ON,
                provider(new ReachStatus(ReachStatus.State.PROVEN, "peers dialled it", null)),
                earned);
    }

    public static ProviderStatus provider(ReachStatus reach) {
        return new ProviderStatus(
                List.of("/ip4/203.0.113.2/tcp/4001/p2p/" + PEER),
                reach,
                true,
                true,
                1500,
                List.of(
                        session(CLIENT, 42, 3_221_225_472L, "0.75"),
                        session(OTHER, 7, 157_286_400L, "0.03")),
                new Traffic(3_378_511_872L, 2_500_000, 210_000_000L, 900_000, 0),
                Map.of());
    }

    private static SessionStatus session(String peer, long minutes, long bytes, String paid) {
        SessionPayment payment =
                new SessionPayment(
                        Wallets.flow("0.25"),
                        Wallets.flow(paid),
                        null,
                        bytes,
                        bytes,
                        0,
                        67_108_864,
                        new ChannelId(new Bytes32(new byte[32])),
                        Wallets.flow("5"),
                        Wallets.flow("4"),
                        12,
                        null);
        return new SessionStatus(
                peer,
                "100.64.0.2",
                null,
                Contexts.NOW.minus(Duration.ofMinutes(minutes)),
                new Traffic(bytes, 1_000_000, bytes / 12, 400_000, 0),
                0,
                payment);
    }

    private static NodeStatus status(
            RoleState providing,
            @org.jspecify.annotations.Nullable ProviderStatus provider,
            String earned) {
        PaymentStatus payment =
                new PaymentStatus(
                        new NetworkStatus(
                                "test",
                                31_337,
                                "ETH",
                                NetworkStatus.Rpc.REACHABLE,
                                1_204_113L,
                                Contexts.NOW.minusSeconds(4),
                                NetworkStatus.Identities.RPC),
                        Wallets.OTHER,
                        Wallets.OTHER,
                        Wallets.gas("0.02"),
                        Wallets.OWN,
                        Wallets.flow("40"),
                        null,
                        null,
                        Wallets.flow("3"),
                        Wallets.flow(earned),
                        Wallets.flow("48"),
                        null);
        return new NodeStatus(
                "0.1.0",
                PEER,
                Contexts.NOW.minus(Duration.ofHours(30)),
                List.of(
                        new RoleStatus(RoleName.CLIENT, RoleState.ON, null),
                        new RoleStatus(RoleName.PROVIDER, providing, null),
                        new RoleStatus(RoleName.FULLNODE, RoleState.OFF, null)),
                null,
                provider,
                null,
                payment,
                List.of());
    }
}
