package org.flowshield.tun.windows;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import com.sun.jna.Pointer;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunDriver;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;
import org.flowshield.tun.TunUnavailableException.Reason;
import org.flowshield.tun.windows.WindowsCalls.Kernel32;
import org.jspecify.annotations.Nullable;

/**
 * Makes devices by wintun, whose DLL lies in the installation, and sets them up by iphlpapi; starts
 * no process. A device has one queue. Stateless, any thread.
 */
public final class WindowsTunDriver implements TunDriver {

    /** The system property that says where the installation's wintun.dll is, by its whole path. */
    public static final String DLL_PROPERTY = "flowshield.wintun";

    /** Since when the calls are as they are bound here, in the two halves of a DWORD. */
    static final int MIN_DRIVER_VERSION = 14;

    private static final String TUNNEL_TYPE = "FlowShield";

    /** Longer messages of the driver are cut; its longest have some hundred characters. */
    private static final int MAX_MESSAGE = 1024;

    private static final System.Logger LOG = System.getLogger(WindowsTunDriver.class.getName());

    /** Native code calls it as long as the DLL is loaded: it must never be collected. */
    private static final Wintun.Logger LOGGER = WindowsTunDriver::log;

    private final @Nullable String dll;

    /** For {@link java.util.ServiceLoader}: the DLL is where {@link #DLL_PROPERTY} says. */
    public WindowsTunDriver() {
        dll = System.getProperty(DLL_PROPERTY);
    }

    /** With the DLL at this absolute path. */
    public WindowsTunDriver(Path dll) {
        this.dll = dll.toString();
    }

    @Override
    public boolean fitsThisSystem() {
        return Platform.isWindows() && Native.POINTER_SIZE == Long.BYTES;
    }

    @Override
    public List<Tun> open(TunSettings settings, int queues) throws TunUnavailableException {
        String name = settings.name();
        if (queues != 1) {
            throw failed(
                    Reason.SYSTEM_ERROR,
                    name,
                    queues + " queues were asked for, and a wintun adapter has one",
                    "Ask for one queue.");
        }
        load(name);
        Deque<Runnable> undo = new ArrayDeque<>();
        try {
            Tun tun = new WindowsTun(settings, open(settings, undo));
            undo.clear();
            return List.of(tun);
        } finally {
            // Empty unless something failed.
            undo.forEach(Runnable::run);
        }
    }

    private void load(String name) throws TunUnavailableException {
        if (dll == null) {
            throw failed(
                    Reason.NO_DRIVER,
                    name,
                    "nobody said where wintun.dll is, and it is never searched for",
                    "Start FlowShield as it was installed, or with -D"
                            + DLL_PROPERTY
                            + "=PATH, the whole path of the DLL.");
        }
        try {
            Wintun.load(Path.of(dll));
        } catch (Wintun.NotLoadedException | InvalidPathException e) {
            TunUnavailableException failed =
                    failed(
                            Reason.NO_DRIVER,
                            name,
                            "wintun can't be used: " + e.getMessage(),
                            "Install FlowShield again: it brings the wintun.dll that it needs"
                                    + " (version 0.14 for this processor).");
            failed.initCause(e);
            throw failed;
        }
        WindowsCalls.bind();
        Wintun.WintunSetLogger(LOGGER);
    }

    private static WindowsTun.Handles open(TunSettings settings, Deque<Runnable> undo)
            throws TunUnavailableException {
        String name = settings.name();
        long adapter = create(name);
        undo.push(() -> Wintun.WintunCloseAdapter(adapter));
        requireVersion(name);
        setUp(settings, adapter);
        long session = Wintun.WintunStartSession(adapter, RingCapacity.of(settings));
        if (session == 0) {
            throw systemError(name, "starting a session", Native.getLastError());
        }
        undo.push(() -> Wintun.WintunEndSession(session));
        long stop = Kernel32.CreateEventW(0, 1, 0, 0);
        if (stop == 0) {
            throw systemError(name, "making an event", Native.getLastError());
        }
        long readWait = Wintun.WintunGetReadWaitEvent(session);
        return new WindowsTun.Handles(adapter, session, readWait, stop);
    }

    private static long create(String name) throws TunUnavailableException {
        try (Memory wideName = wide(name);
                Memory type = wide(TUNNEL_TYPE);
                Memory guid = new Memory(AdapterGuid.SIZE)) {
            // Never somebody else's adapter that happens to have this name.
            long existing = Wintun.WintunOpenAdapter(Pointer.nativeValue(wideName));
            if (existing != 0) {
                Wintun.WintunCloseAdapter(existing);
                throw nameTaken(name);
            }
            guid.write(0, AdapterGuid.encode(AdapterGuid.of(name)), 0, AdapterGuid.SIZE);
            long adapter =
                    Wintun.WintunCreateAdapter(
                            Pointer.nativeValue(wideName),
                            Pointer.nativeValue(type),
                            Pointer.nativeValue(guid));
            if (adapter != 0) {
                return adapter;
            }
        }
        int error = Native.getLastError();
        throw switch (error) {
            case WindowsCalls.ERROR_ACCESS_DENIED ->
                    failed(
                            Reason.NO_RIGHT,
                            name,
                            "this process has no right to make a network adapter",
                            "Run it as a service or as administrator.");
            case WindowsCalls.ERROR_ALREADY_EXISTS, WindowsCalls.ERROR_OBJECT_ALREADY_EXISTS ->
                    nameTaken(name);
            case WindowsCalls.ERROR_INVALID_IMAGE_HASH, WindowsCalls.ERROR_DRIVER_BLOCKED ->
                    failed(
                            Reason.NO_DRIVER,
                            name,
                            WindowsCalls.words(error),
                            "Windows must be up to date to accept the driver's signature; a policy"
                                    + " of this machine may forbid new drivers.");
            default -> systemError(name, "making an adapter", error);
        };
    }

    /** The driver that runs may be older than the DLL, when another program holds it. */
    private static void requireVersion(String name) throws TunUnavailableException {
        int version = Wintun.WintunGetRunningDriverVersion();
        if (version == 0) {
            throw systemError(name, "asking for the driver's version", Native.getLastError());
        }
        if (Integer.compareUnsigned(version, MIN_DRIVER_VERSION) < 0) {
            throw failed(
                    Reason.NO_DRIVER,
                    name,
                    "the wintun driver that runs is version "
                            + (version >>> 16)
                            + "."
                            + (version & 0xffff)
                            + ", and 0."
                            + MIN_DRIVER_VERSION
                            + " or later is needed",
                    "End the other VPN programs that use it, or restart Windows, and try again.");
        }
    }

    private static void setUp(TunSettings settings, long adapter) throws TunUnavailableException {
        long luid;
        try (Memory memory = new Memory(Long.BYTES)) {
            memory.clear();
            Wintun.WintunGetAdapterLUID(adapter, Pointer.nativeValue(memory));
            luid = memory.getLong(0);
        }
        try {
            new AdapterSetup(luid).apply(settings);
        } catch (AdapterSetup.AddressRefusedException e) {
            throw because(
                    e,
                    failed(
                            Reason.ADDRESS_REFUSED,
                            settings.name(),
                            e.getMessage(),
                            e.isWithoutIpv6()
                                    ? "IPv6 is switched off here: ask for an IPv4 address only, or"
                                            + " switch it on."
                                    : "Choose another address."));
        } catch (AdapterSetup.RefusedException e) {
            throw because(
                    e,
                    failed(
                            Reason.SYSTEM_ERROR,
                            settings.name(),
                            e.getMessage(),
                            "Look into the system's event log."));
        }
    }

    private static TunUnavailableException because(Exception cause, TunUnavailableException e) {
        e.initCause(cause);
        return e;
    }

    /** UTF-16 with a closing zero. */
    private static Memory wide(String text) {
        byte[] bytes = (text + '\0').getBytes(UTF_16LE);
        Memory memory = new Memory(bytes.length);
        memory.write(0, bytes, 0, bytes.length);
        return memory;
    }

    private static void log(int level, long timestamp, long message) {
        System.Logger.Level as =
                switch (level) {
                    case 0 -> System.Logger.Level.DEBUG;
                    case 1 -> System.Logger.Level.WARNING;
                    default -> System.Logger.Level.ERROR;
                };
        if (message == 0 || !LOG.isLoggable(as)) {
            return;
        }
        StringBuilder text = new StringBuilder("wintun: ");
        for (int i = 0; i < MAX_MESSAGE; i++) {
            char next = RawMemory.getChar(message + (long) i * Character.BYTES);
            if (next == 0) {
                break;
            }
            text.append(Character.isISOControl(next) ? ' ' : next);
        }
        LOG.log(as, text.toString());
    }

    private static TunUnavailableException nameTaken(String name) {
        return failed(
                Reason.NAME_TAKEN,
                name,
                "an adapter with this name exists",
                "Choose another name, or end the program that made it: the adapter goes with it.");
    }

    private static TunUnavailableException systemError(String name, String what, int error) {
        return failed(
                Reason.SYSTEM_ERROR,
                name,
                what + " failed, " + WindowsCalls.words(error),
                "Look into the system's event log.");
    }

    private static TunUnavailableException failed(
            Reason reason, String name, @Nullable String why, String whatToDo) {
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
