package org.flowshield.tun.macos;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunDriver;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.flowshield.tun.TunUnavailableException.Reason;

/**
 * Makes utun devices by their kernel control and sets them up by ioctl; starts no process. A device
 * has one queue, whose length is the kernel's own. Only {@code utun} and a number is a name here:
 * for another one the kernel takes the next number, and {@link Tun#name} says which. The route to
 * an address's prefix is not made here. Stateless, any thread.
 */
public final class MacTunDriver implements TunDriver {

    private static final String CONTROL = "com.apple.net.utun_control";

    /** As far as the kernel counts, and well below where a number would overflow. */
    private static final Pattern NAME = Pattern.compile("utun([0-9]{1,4})");

    /** For {@link java.util.ServiceLoader}. */
    public MacTunDriver() {}

    @Override
    public boolean fitsThisSystem() {
        return Platform.isMac() && Native.SIZE_T_SIZE == Long.BYTES;
    }

    @Override
    public List<Tun> open(TunSettings settings, int queues) throws TunUnavailableException {
        if (queues != 1) {
            throw failed(
                    Reason.SYSTEM_ERROR,
                    settings.name(),
                    queues + " queues were asked for, and a utun device has one",
                    "Ask for one queue.");
        }
        Darwin.bind();
        Deque<Integer> opened = new ArrayDeque<>();
        try {
            Tun tun = new MacTun(settings, open(settings, opened));
            opened.clear();
            return List.of(tun);
        } finally {
            // Empty unless something failed; the device goes with its descriptor.
            opened.forEach(Darwin::close);
        }
    }

    private static MacTun.Handles open(TunSettings settings, Deque<Integer> opened)
            throws TunUnavailableException {
        int socket = socket(settings.name(), Darwin.PF_SYSTEM, Darwin.SYSPROTO_CONTROL);
        opened.push(socket);
        connect(settings.name(), socket);
        String name = nameOf(settings.name(), socket);
        prepare(name, socket);
        int[] pipe = pipe(name);
        for (int end : pipe) {
            opened.push(end);
            prepare(name, end);
        }
        setUp(name, settings);
        return new MacTun.Handles(name, socket, pipe[0], pipe[1]);
    }

    private static int socket(String name, int domain, int protocol)
            throws TunUnavailableException {
        int socket = Darwin.socket(domain, Darwin.SOCK_DGRAM, protocol);
        if (socket < 0) {
            throw systemError(name, "socket", Native.getLastError());
        }
        return socket;
    }

    private static void connect(String name, int socket) throws TunUnavailableException {
        int id;
        try (Memory info = memory(DarwinStruct.controlInfo(CONTROL))) {
            if (Darwin.ioctl(socket, Darwin.CTLIOCGINFO, info) != 0) {
                int error = Native.getLastError();
                throw error == Darwin.ENOENT
                        ? failed(
                                Reason.NO_DRIVER,
                                name,
                                "this system has no utun",
                                "It takes macOS 10.6.8 or later.")
                        : systemError(name, "CTLIOCGINFO", error);
            }
            id = info.getInt(DarwinStruct.CONTROL_INFO_ID);
        }
        Matcher number = NAME.matcher(name);
        int unit = number.matches() ? Integer.parseInt(number.group(1)) + 1 : 0;
        try (Memory address = memory(DarwinStruct.controlAddress(id, unit))) {
            int size = DarwinStruct.CONTROL_ADDRESS_SIZE;
            if (Darwin.connect(socket, Pointer.nativeValue(address), size) == 0) {
                return;
            }
        }
        int error = Native.getLastError();
        throw switch (error) {
            case Darwin.EPERM, Darwin.EACCES ->
                    failed(
                            Reason.NO_RIGHT,
                            name,
                            "this process has no right to make a network device",
                            "Run it as root.");
            case Darwin.EBUSY ->
                    failed(
                            Reason.NAME_TAKEN,
                            name,
                            "a device with this name exists",
                            "Choose another number, or a name that is no utun to have the next free"
                                    + " one.");
            default -> systemError(name, "connecting to the kernel", error);
        };
    }

    private static String nameOf(String wished, int socket) throws TunUnavailableException {
        try (Memory name = new Memory(DarwinStruct.MAX_NAME);
                Memory length = new Memory(Integer.BYTES)) {
            name.clear();
            length.setInt(0, DarwinStruct.MAX_NAME);
            int failed =
                    Darwin.getsockopt(
                            socket,
                            Darwin.SYSPROTO_CONTROL,
                            Darwin.UTUN_OPT_IFNAME,
                            Pointer.nativeValue(name),
                            Pointer.nativeValue(length));
            if (failed != 0) {
                throw systemError(wished, "UTUN_OPT_IFNAME", Native.getLastError());
            }
            int end = Math.clamp(length.getInt(0), 0, DarwinStruct.MAX_NAME);
            byte[] bytes = name.getByteArray(0, end);
            int zero = 0;
            while (zero < bytes.length && bytes[zero] != 0) {
                zero++;
            }
            return new String(bytes, 0, zero, US_ASCII);
        }
    }

    /** A descriptor that neither blocks nor goes to a child process. */
    private static void prepare(String name, int descriptor) throws TunUnavailableException {
        if (Darwin.fcntl(descriptor, Darwin.F_SETFD, Darwin.FD_CLOEXEC) < 0
                || Darwin.fcntl(descriptor, Darwin.F_SETFL, Darwin.O_NONBLOCK) < 0) {
            throw systemError(name, "fcntl", Native.getLastError());
        }
    }

    private static int[] pipe(String name) throws TunUnavailableException {
        try (Memory ends = new Memory(2 * Integer.BYTES)) {
            if (Darwin.pipe(Pointer.nativeValue(ends)) != 0) {
                throw systemError(name, "pipe", Native.getLastError());
            }
            return ends.getIntArray(0, 2);
        }
    }

    private static void setUp(String name, TunSettings settings) throws TunUnavailableException {
        int control = socket(name, Darwin.AF_INET, 0);
        try {
            call(
                    name,
                    control,
                    Darwin.SIOCSIFMTU,
                    "SIOCSIFMTU",
                    DarwinStruct.mtuRequest(name, settings.mtu()));
            for (TunAddress address : settings.addresses()) {
                if (!address.isIpv6()) {
                    add(name, control, address);
                }
            }
            if (settings.addresses().stream().anyMatch(TunAddress::isIpv6)) {
                setUpIpv6(name, settings);
            }
            up(name, control);
        } finally {
            Darwin.close(control);
        }
    }

    private static void setUpIpv6(String name, TunSettings settings)
            throws TunUnavailableException {
        int control = Darwin.socket(Darwin.AF_INET6, Darwin.SOCK_DGRAM, 0);
        if (control < 0) {
            int error = Native.getLastError();
            throw error == Darwin.EAFNOSUPPORT
                    ? failed(
                            Reason.ADDRESS_REFUSED,
                            name,
                            "this system has no IPv6",
                            "Ask for an IPv4 address only.")
                    : systemError(name, "socket", error);
        }
        try {
            for (TunAddress address : settings.addresses()) {
                if (address.isIpv6()) {
                    add(name, control, address);
                }
            }
        } finally {
            Darwin.close(control);
        }
    }

    private static void add(String name, int control, TunAddress address)
            throws TunUnavailableException {
        boolean ipv6 = address.isIpv6();
        long request = ipv6 ? Darwin.SIOCAIFADDR_IN6 : Darwin.SIOCAIFADDR;
        byte[] alias =
                ipv6 ? DarwinStruct.alias6(name, address) : DarwinStruct.alias(name, address);
        try (Memory argument = memory(alias)) {
            if (Darwin.ioctl(control, request, argument) != 0) {
                throw failed(
                        Reason.ADDRESS_REFUSED,
                        name,
                        "the system refuses the address "
                                + address
                                + ": "
                                + Darwin.words(Native.getLastError()),
                        "Choose another address.");
            }
        }
    }

    private static void up(String name, int control) throws TunUnavailableException {
        try (Memory request = memory(DarwinStruct.request(name))) {
            if (Darwin.ioctl(control, Darwin.SIOCGIFFLAGS, request) != 0) {
                throw systemError(name, "SIOCGIFFLAGS", Native.getLastError());
            }
            short flags = request.getShort(DarwinStruct.REQUEST_FLAGS);
            request.setShort(DarwinStruct.REQUEST_FLAGS, (short) (flags | Darwin.IFF_UP));
            if (Darwin.ioctl(control, Darwin.SIOCSIFFLAGS, request) != 0) {
                throw systemError(name, "SIOCSIFFLAGS", Native.getLastError());
            }
        }
    }

    private static void call(String name, int control, long request, String what, byte[] with)
            throws TunUnavailableException {
        try (Memory argument = memory(with)) {
            if (Darwin.ioctl(control, request, argument) != 0) {
                throw systemError(name, what, Native.getLastError());
            }
        }
    }

    private static Memory memory(byte[] bytes) {
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static TunUnavailableException systemError(String name, String what, int error) {
        return failed(
                Reason.SYSTEM_ERROR,
                name,
                what + ": " + Darwin.words(error),
                "Look for what the kernel says about it: log show --last 1m --process kernel.");
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
