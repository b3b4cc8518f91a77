package org.flowshield.node.routing;

import java.io.IOException;

/**
 * The routes that keep this machine's packets back or send them into the tunnel. While they stand,
 * a packet that is not the product's own leaves through the tunnel's device or not at all, also
 * when the device or this process is gone.
 */
public interface ClientRoutes extends AutoCloseable {

    /** Makes the routes of one machine. */
    @FunctionalInterface
    interface Opener {

        /**
         * Blocks: packets are answered with unreachable until they are led into a device.
         *
         * @throws IOException if it can't; then everything is as before, or the message of a
         *     suppressed exception says what stayed
         */
        ClientRoutes block() throws IOException;
    }

    /**
     * Leads packets into a new device, which must be there, after the old one is gone; until then,
     * and for a family that the new one does not carry, they are answered with unreachable.
     */
    void leadInto(RoutePlan plan) throws IOException;

    /**
     * Lets devices of the local network be reached, or no longer: packets to private addresses
     * leave by the machine's own routes to private networks, never by a wider one, and names are
     * not asked there. At first they can't be. Packets of the tunnel go on meanwhile.
     *
     * @throws IOException if it can't; then it is as before, or they can't be reached
     */
    void reachLan(boolean reached) throws IOException;

    /** Restores the routes as they were. Idempotent. */
    @Override
    void close() throws IOException;
}
