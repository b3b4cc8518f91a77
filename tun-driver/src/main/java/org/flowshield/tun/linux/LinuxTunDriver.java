package org.flowshield.tun.linux;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDriver;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.flowshield.tun.TunUnavailableException.Reason;

/**
 * Makes devices by {@code /dev/net/tun} (linux/if_tun.h) and sets them up by netlink; starts no
 * process. Stateless, any thread.
 */
public final class LinuxTunDriver implements TunDriver {

    private static final String CONTROL = "/dev/net/tun";

    private static final long TUNSETIFF = 0x400454ca;
    private static final long TUNSETOFFLOAD = 0x400454d0;
    private static final long TUNSETVNETHDRSZ = 0x400454d8;

    private static final int IFF_TUN = 0x0001;
    private static final int IFF_MULTI_QUEUE = 0x0100;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int IFF_TUN_EXCL = 0x8000;

    private static final int TUN_F_CSUM = 0x01;
    private static final int TUN_F_TSO4 = 0x02;
    private static final int TUN_F_TSO6 = 0x04;

    /** Super-packets with the CWR flag too, which the kernel would cut otherwise. */
    private static final int TUN_F_TSO_ECN = 0x08;

    /** The kernel (6.2 and later) takes both or none. */
    private static final int TUN_F_USO4_AND_USO6 = 0x60;

    /** {@code struct ifreq}: 16 bytes of name, then a union. */
    private static final int IFREQ = 40;

    private static final int IFREQ_FLAGS = 16;

    /** The kernel's worker takes well under a millisecond; on a stalled machine two seconds do. */
    private static final int MAX_REACH_CHECKS = 2000;

    private static final Duration REACH_CHECK_PAUSE = Duration.ofMillis(1);

    /** For {@link java.util.ServiceLoader}. */
    public LinuxTunDriver() {}

    @Override
    public boolean fitsThisSystem() {
        return Platform.isLinux() && Native.SIZE_T_SIZE == Long.BYTES;
    }

    @Override
    public List<Tun> open(TunSettings settings, int queues) throws TunUnavailableException {
        List<Integer> opened = new ArrayList<>();
        List<Tun> tuns = new ArrayList<>();
        try {
            for (int i = 0; i < queues; i++) {
                opened.add(openControl(settings.name()));
                attach(settings.name(), opened.getLast(), i == 0, queues > 1);
            }
            // Of the device, not of the queue.
            Offloads offloads = enableOffloads(opened.getFirst(), settings);
            for (int descriptor : List.copyOf(opened)) {
                int wake = openEvent(settings.name());
                opened.add(wake);
                tuns.add(new LinuxTun(settings, offloads, descriptor, wake));
            }
            setUp(settings);
            opened.clear();
            return List.copyOf(tuns);
        } finally {
            // Empty unless something failed; the device goes with its last descriptor.
            opened.forEach(LibC::close);
        }
    }

    private static int openEvent(String name) throws TunUnavailableException {
        int descriptor = LibC.eventfd(0, LibC.EFD_CLOEXEC | LibC.EFD_NONBLOCK);
        if (descriptor < 0) {
            throw systemError(name, "eventfd", Native.getLastError());
        }
        return descriptor;
    }

    private static int openControl(String name) throws TunUnavailableException {
        int descriptor = LibC.open(CONTROL, LibC.O_RDWR | LibC.O_NONBLOCK | LibC.O_CLOEXEC);
        if (descriptor >= 0) {
            return descriptor;
        }
        int error = Native.getLastError();
        throw switch (error) {
            case LibC.EACCES, LibC.EPERM ->
                    noRight(
                            name,
                            "open " + CONTROL,
                            "Run it as root, or open the file to this user.");
            case LibC.ENOENT, LibC.ENODEV, LibC.ENXIO ->
                    failed(
                            Reason.NO_DRIVER,
                            name,
                            CONTROL + " is missing: " + LibC.words(error),
                            "Load the driver (modprobe tun); in a container pass the device in"
                                    + " (--device "
                                    + CONTROL
                                    + ").");
            default -> systemError(name, "opening " + CONTROL, error);
        };
    }

    private static void attach(String name, int descriptor, boolean first, boolean several)
            throws TunUnavailableException {
        int flags = IFF_TUN | IFF_NO_PI | IFF_VNET_HDR;
        flags |= several ? IFF_MULTI_QUEUE : 0;
        // Never somebody else's device that happens to have this name.
        flags |= first ? IFF_TUN_EXCL : 0;
        try (Memory request = new Memory(IFREQ)) {
            request.clear();
            request.setString(0, name, "US-ASCII");
            request.setShort(IFREQ_FLAGS, (short) flags);
            if (LibC.ioctl(descriptor, TUNSETIFF, request) == 0) {
                return;
            }
        }
        int error = Native.getLastError();
        throw switch (error) {
            case LibC.EACCES, LibC.EPERM ->
                    noRight(
                            name,
                            "make a network device",
                            "Run it as root or with CAP_NET_ADMIN; in a container add --cap-add"
                                    + " NET_ADMIN.");
            case LibC.EBUSY, LibC.EEXIST ->
                    failed(
                            Reason.NAME_TAKEN,
                            name,
                            "a device with this name exists",
                            "Choose another name, or if it is left over, remove it: ip link del "
                                    + name);
            default -> systemError(name, "TUNSETIFF", error);
        };
    }

    private static Offloads enableOffloads(int descriptor, TunSettings settings)
            throws TunUnavailableException {
        try (Memory size = new Memory(Integer.BYTES)) {
            size.setInt(0, VirtioHeader.SIZE);
            if (LibC.ioctl(descriptor, TUNSETVNETHDRSZ, (Pointer) size) != 0) {
                throw systemError(settings.name(), "TUNSETVNETHDRSZ", Native.getLastError());
            }
        }
        Offloads wished = settings.offloads();
        Offloads withoutUdp = new Offloads(wished.checksum(), wished.tcp4(), wished.tcp6(), false);
        for (Offloads offloads : List.of(wished, withoutUdp)) {
            if (LibC.ioctl(descriptor, TUNSETOFFLOAD, flags(offloads)) == 0) {
                return offloads;
            }
        }
        return Offloads.NONE;
    }

    private static long flags(Offloads offloads) {
        return (offloads.checksum() ? TUN_F_CSUM : 0)
                | (offloads.tcp4() ? TUN_F_TSO4 | TUN_F_TSO_ECN : 0)
                | (offloads.tcp6() ? TUN_F_TSO6 | TUN_F_TSO_ECN : 0)
                | (offloads.udp() ? TUN_F_USO4_AND_USO6 : 0);
    }

    private static void setUp(TunSettings settings) throws TunUnavailableException {
        int index = LibC.if_nametoindex(settings.name());
        if (index == 0) {
            throw systemError(settings.name(), "if_nametoindex", Native.getLastError());
        }
        try (RouteNetlink netlink = new RouteNetlink()) {
            netlink.size(index, settings.mtu(), settings.queueLength());
            switchOffLinkLocal(netlink, index);
            for (TunAddress address : settings.addresses()) {
                add(netlink, settings.name(), index, address);
            }
            netlink.up(index);
            for (TunAddress address : settings.addresses()) {
                awaitReached(netlink, address);
            }
        } catch (TunUnavailableException e) {
            throw e;
        } catch (IOException e) {
            TunUnavailableException unavailable =
                    failed(
                            Reason.SYSTEM_ERROR,
                            settings.name(),
                            "setting it up: " + e.getMessage(),
                            "Look for what the kernel says about it: dmesg.");
            unavailable.initCause(e);
            throw unavailable;
        }
    }

    private static void switchOffLinkLocal(RouteNetlink netlink, int index) throws IOException {
        try {
            netlink.withoutLinkLocal(index);
        } catch (RouteNetlink.RefusedException e) {
            // Without IPv6 on this device there is no link-local address to keep away.
            if (e.error() != LibC.EAFNOSUPPORT) {
                throw e;
            }
        }
    }

    private static void awaitReached(RouteNetlink netlink, TunAddress address) throws IOException {
        for (int i = 0; i < MAX_REACH_CHECKS; i++) {
            if (netlink.isReached(address)) {
                return;
            }
            LockSupport.parkNanos(REACH_CHECK_PAUSE.toNanos());
        }
        throw new IOException("the kernel did not put " + address + " to use");
    }

    private static void add(RouteNetlink netlink, String name, int index, TunAddress address)
            throws IOException {
        try {
            netlink.add(index, address);
        } catch (RouteNetlink.RefusedException e) {
            boolean ipv6Off =
                    address.isIpv6()
                            && (e.error() == LibC.EACCES
                                    || e.error() == LibC.EOPNOTSUPP
                                    || e.error() == LibC.EAFNOSUPPORT);
            TunUnavailableException refused =
                    failed(
                            Reason.ADDRESS_REFUSED,
                            name,
                            "the system refuses the address " + address + ": " + e.getMessage(),
                            ipv6Off
                                    ? "IPv6 is switched off here: ask for an IPv4 address only, or"
                                            + " sysctl net.ipv6.conf.all.disable_ipv6=0."
                                    : "Choose another address.");
            refused.initCause(e);
            throw refused;
        }
    }

    private static TunUnavailableException noRight(String name, String what, String whatToDo) {
        return failed(Reason.NO_RIGHT, name, "this process has no right to " + what, whatToDo);
    }

    private static TunUnavailableException systemError(String name, String what, int error) {
        return failed(
                Reason.SYSTEM_ERROR,
                name,
                what + ": " + LibC.words(error),
                "Look for what the kernel says about it: dmesg.");
    }

    private static TunUnavailableException failed(
            Reason reason, String name, String why, String whatToDo) {
        return new TunUnavailableException(
                reason,
                "Can't make the network device "
                        + name
                        + ": "
                        + why
                        + ". Nothing was changed, no traffic goes through it. "
                        + whatToDo);
    }
}
