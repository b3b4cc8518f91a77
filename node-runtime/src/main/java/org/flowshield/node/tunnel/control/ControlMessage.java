package org.flowshield.node.tunnel.control;

import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.tun.Offloads;

/**
 * One message of the control stream or the head of a lane; tunnel.proto says what each field means.
 * Immutable.
 */
public sealed interface ControlMessage {

    /** The version of the messages that this build speaks. */
    int VERSION = 1;

    /** Characters of a text for people: it fits a line of a log. */
    int MAX_TEXT = 200;

    /** What the client can do and would like. */
    record Hello(
            int version,
            int lanes,
            boolean datagramLane,
            Offloads takes,
            boolean ipv4,
            boolean ipv6,
            Optional<Bytes32> offerHash)
            implements ControlMessage {

        /** By a client that expects to be served for nothing. */
        public Hello(
                int version,
                int lanes,
                boolean datagramLane,
                Offloads takes,
                boolean ipv4,
                boolean ipv6) {
            this(version, lanes, datagramLane, takes, ipv4, ipv6, Optional.empty());
        }

        public Hello {
            requireVersion(version);
            requireLanes(lanes);
            if (!ipv4 && !ipv6) {
                throw new IllegalArgumentException("no address wanted");
            }
        }
    }

    /** What the provider grants. */
    record Welcome(
            int version,
            SessionToken token,
            int lanes,
            boolean datagramLane,
            Offloads takes,
            Grant grant)
            implements ControlMessage {
        public Welcome {
            requireVersion(version);
            requireLanes(lanes);
        }
    }

    /** A Hello or Attach that is not granted. */
    record Refused(Reason reason, String detail) implements ControlMessage {

        /** Why. */
        public enum Reason {
            UNSPECIFIED,
            VERSION,
            BUSY,
            BAD_TOKEN,
            BAD_REQUEST,
            NO_ADDRESS,
            SHUTTING_DOWN,
            PAYMENT_REQUIRED,
            OFFER_CHANGED
        }

        public Refused {
            detail = cut(detail);
        }
    }

    /** The first message of a lane. */
    record Attach(SessionToken token, Lane lane) implements ControlMessage {}

    /** The last control message of a lane. */
    record Attached() implements ControlMessage {}

    /** Asks whether the other is there, or says so. */
    record KeepAlive(long nonce, boolean reply) implements ControlMessage {}

    /** The session ends in order. */
    record Bye(Kind kind, String reason) implements ControlMessage {

        /** What it is about. */
        public enum Kind {
            UNSPECIFIED,
            PAYMENT
        }

        public Bye {
            reason = cut(reason);
        }

        public Bye(String reason) {
            this(Kind.UNSPECIFIED, reason);
        }
    }

    /** Bytes of inner IP packets that the sender has counted. */
    record Counters(long sent, long received) implements ControlMessage {
        public Counters {
            if (sent < 0 || received < 0) {
                throw new IllegalArgumentException("counters only grow");
            }
        }
    }

    private static void requireVersion(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("there is no version " + version);
        }
    }

    private static void requireLanes(int lanes) {
        if (lanes < 1 || lanes > Lane.MAX_BULK) {
            throw new IllegalArgumentException("1 to " + Lane.MAX_BULK + " lanes, not " + lanes);
        }
    }

    private static String cut(String text) {
        return text.length() <= MAX_TEXT ? text : text.substring(0, MAX_TEXT);
    }
}
