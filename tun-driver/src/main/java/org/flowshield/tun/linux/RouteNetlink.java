package org.flowshield.tun.linux;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.flowshield.tun.TunAddress;

/**
 * Sets up a device by route netlink (rtnetlink(7)): each method is one request and its answer. The
 * kernel answers before {@code send} returns, so nothing here waits. One thread.
 */
final class RouteNetlink implements AutoCloseable {

    /** The kernel refused; {@link #error} is its errno. */
    static final class RefusedException extends IOException {
        private final int error;

        RefusedException(int error) {
            super(LibC.words(error));
            this.error = error;
        }

        int error() {
            return error;
        }
    }

    private static final int MESSAGE_HEADER = 16;
    private static final int TYPE = 4;
    private static final int SEQUENCE = 8;
    private static final int ERROR = 2;
    private static final int REQUEST = 0x1;
    private static final int ACKNOWLEDGE = 0x4;
    private static final int CREATE_EXCLUSIVELY = 0x600;

    private static final int NEW_LINK = 16;
    private static final short LINK_MTU = 4;
    private static final short LINK_QUEUE_LENGTH = 13;
    private static final short LINK_FAMILIES = 26;
    private static final short LINK_IPV6_GENERATION = 8;
    private static final byte GENERATE_NONE = 1;
    private static final int FLAG_UP = 1;

    private static final int NEW_ADDRESS = 20;
    private static final short ADDRESS = 1;
    private static final short ADDRESS_LOCAL = 2;

    /**
     * No duplicate detection: there is nobody else on the link, and the address is at once usable.
     */
    private static final byte ADDRESS_NO_DETECTION = 2;

    private static final int GET_ROUTE = 26;
    private static final short ROUTE_DESTINATION = 1;
    private static final int ROUTE_TYPE = 7;
    private static final byte ROUTE_LOCAL = 2;

    /** The largest request here has under 100 bytes, the answer repeats it behind 20 of its own. */
    private static final int MAX_MESSAGE = 512;

    private final int socket;
    private int sequence;

    RouteNetlink() throws IOException {
        socket =
                LibC.socket(LibC.AF_NETLINK, LibC.SOCK_RAW | LibC.SOCK_CLOEXEC, LibC.NETLINK_ROUTE);
        if (socket < 0) {
            throw new RefusedException(Native.getLastError());
        }
    }

    /** Sets MTU and queue length. */
    void size(int index, int mtu, int queueLength) throws IOException {
        ByteBuffer request = link(index, 0);
        attribute(request, LINK_MTU, Integer.BYTES).putInt(mtu);
        attribute(request, LINK_QUEUE_LENGTH, Integer.BYTES).putInt(queueLength);
        send(request);
    }

    /**
     * Keeps the kernel from giving the device a link-local IPv6 address and from asking for routers
     * through it: only what the user sends goes in.
     */
    void withoutLinkLocal(int index) throws IOException {
        ByteBuffer request = link(index, 0);
        // Two nested attributes around one of a byte, which padding makes four.
        attribute(request, LINK_FAMILIES, 12);
        attribute(request, (short) LibC.AF_INET6, 8);
        attribute(request, LINK_IPV6_GENERATION, 1).put(GENERATE_NONE).put(new byte[3]);
        send(request);
    }

    /** Brings it up. */
    void up(int index) throws IOException {
        send(link(index, FLAG_UP));
    }

    /** Adds an address and with it the route to its prefix. */
    void add(int index, TunAddress address) throws IOException {
        ByteBuffer request = message(NEW_ADDRESS, REQUEST | ACKNOWLEDGE | CREATE_EXCLUSIVELY);
        request.put((byte) (address.isIpv6() ? LibC.AF_INET6 : LibC.AF_INET))
                .put((byte) address.prefixLength())
                .put(address.isIpv6() ? ADDRESS_NO_DETECTION : 0)
                .put((byte) 0)
                .putInt(index);
        byte[] bytes = address.address().getAddress();
        attribute(request, ADDRESS_LOCAL, bytes.length).put(bytes);
        attribute(request, ADDRESS, bytes.length).put(bytes);
        send(request);
    }

    /**
     * True once packets to the address are taken as this machine's own: for IPv6 the kernel sees to
     * that some time after it acknowledged the address.
     */
    boolean isReached(TunAddress address) throws IOException {
        ByteBuffer request = message(GET_ROUTE, REQUEST);
        byte[] bytes = address.address().getAddress();
        request.put((byte) (address.isIpv6() ? LibC.AF_INET6 : LibC.AF_INET))
                .put((byte) (bytes.length * Byte.SIZE))
                .putShort((short) 0)
                .putLong(0);
        attribute(request, ROUTE_DESTINATION, bytes.length).put(bytes);
        try {
            return exchange(request).get(MESSAGE_HEADER + ROUTE_TYPE) == ROUTE_LOCAL;
        } catch (RefusedException e) {
            // No route yet; or rules that keep back what does not go into a tunnel.
            if (e.error() == LibC.ENETUNREACH
                    || e.error() == LibC.EHOSTUNREACH
                    || e.error() == LibC.EACCES) {
                return false;
            }
            throw e;
        }
    }

    private ByteBuffer link(int index, int flags) {
        ByteBuffer request = message(NEW_LINK, REQUEST | ACKNOWLEDGE);
        return request.putInt(0).putInt(index).putInt(flags).putInt(flags);
    }

    private ByteBuffer message(int type, int flags) {
        ByteBuffer request = ByteBuffer.allocate(MAX_MESSAGE).order(ByteOrder.nativeOrder());
        return request.putInt(0)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(++sequence)
                .putInt(0);
    }

    /** Begins an attribute; what is put next is its value. */
    private static ByteBuffer attribute(ByteBuffer request, short type, int length) {
        return request.putShort((short) (4 + length)).putShort(type);
    }

    private void send(ByteBuffer request) throws IOException {
        if (exchange(request).getShort(TYPE) != ERROR) {
            throw new IOException("netlink answered with something that is no acknowledgement");
        }
    }

    /** Sends a request and returns its answer, unless that is an error. */
    private ByteBuffer exchange(ByteBuffer request) throws IOException {
        int length = request.position();
        request.putInt(0, length);
        byte[] bytes = new byte[length];
        request.get(0, bytes);
        if (LibC.send(socket, bytes, length, 0) != length) {
            throw new RefusedException(Native.getLastError());
        }
        byte[] answer = new byte[MAX_MESSAGE];
        long received = LibC.recv(socket, answer, answer.length, LibC.MSG_DONTWAIT);
        if (received < 0) {
            throw new RefusedException(Native.getLastError());
        }
        ByteBuffer fields = ByteBuffer.wrap(answer).order(ByteOrder.nativeOrder());
        if (received < MESSAGE_HEADER + Integer.BYTES || fields.getInt(SEQUENCE) != sequence) {
            throw new IOException("netlink answered with something that was not asked for");
        }
        if (fields.getShort(TYPE) == ERROR && fields.getInt(MESSAGE_HEADER) != 0) {
            throw new RefusedException(-fields.getInt(MESSAGE_HEADER));
        }
        return fields;
    }

    @Override
    public void close() {
        LibC.close(socket);
    }
}
