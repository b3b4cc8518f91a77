package org.flowshield.node.api.client;

import java.util.List;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.FullnodeStatus;
import org.flowshield.node.api.LimitStatus;
import org.flowshield.node.api.NodeStatus;
import org.flowshield.node.api.ProviderStatus;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.payment.PaymentStatus;
import org.jspecify.annotations.Nullable;

/** What an event stream tells: first everything, then each section that changed. Immutable. */
public sealed interface NodeEvent {

    /** What the status is after this event. */
    NodeStatus applyTo(NodeStatus before);

    /** Everything; the first event of a stream. */
    record Snapshot(NodeStatus status) implements NodeEvent {
        @Override
        public NodeStatus applyTo(NodeStatus before) {
            return status;
        }
    }

    /** A role was switched, or failed. */
    record Roles(List<RoleStatus> roles) implements NodeEvent {

        public Roles {
            roles = List.copyOf(roles);
        }

        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    roles,
                    b.client(),
                    b.provider(),
                    b.fullnode(),
                    b.payment(),
                    b.limits());
        }
    }

    /**
     * The client's state, or what it carried.
     *
     * @param client null when the role was switched off
     */
    record Client(@Nullable ClientStatus client) implements NodeEvent {
        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    b.roles(),
                    client,
                    b.provider(),
                    b.fullnode(),
                    b.payment(),
                    b.limits());
        }
    }

    /**
     * The provider's sessions, or what they carried.
     *
     * @param provider null when the role was switched off
     */
    record Provider(@Nullable ProviderStatus provider) implements NodeEvent {
        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    b.roles(),
                    b.client(),
                    provider,
                    b.fullnode(),
                    b.payment(),
                    b.limits());
        }
    }

    /**
     * What the fullnode knows and answers.
     *
     * @param fullnode null when the role was switched off
     */
    record Fullnode(@Nullable FullnodeStatus fullnode) implements NodeEvent {
        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    b.roles(),
                    b.client(),
                    b.provider(),
                    fullnode,
                    b.payment(),
                    b.limits());
        }
    }

    /** How the node stands with money. */
    record Payment(PaymentStatus payment) implements NodeEvent {
        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    b.roles(),
                    b.client(),
                    b.provider(),
                    b.fullnode(),
                    payment,
                    b.limits());
        }
    }

    /** How near its limits the node is. */
    record Limits(List<LimitStatus> limits) implements NodeEvent {

        public Limits {
            limits = List.copyOf(limits);
        }

        @Override
        public NodeStatus applyTo(NodeStatus b) {
            return new NodeStatus(
                    b.version(),
                    b.peerId(),
                    b.startedAt(),
                    b.roles(),
                    b.client(),
                    b.provider(),
                    b.fullnode(),
                    b.payment(),
                    limits);
        }
    }
}
