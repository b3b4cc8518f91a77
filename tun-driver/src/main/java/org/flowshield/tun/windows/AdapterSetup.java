package org.flowshield.tun.windows;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.tun.TunAddress;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.windows.WindowsCalls.IpHelper;

/**
 * Gives an adapter its MTU and addresses, by iphlpapi. All of it goes with the adapter, so nothing
 * is undone here. One thread.
 */
final class AdapterSetup {

    /** Windows refused; {@link #error} is its code. */
    static final class RefusedException extends Exception {
        private final int error;

        RefusedException(String what, int error) {
            super(what + ", " + WindowsCalls.words(error));
            this.error = error;
        }

        int error() {
            return error;
        }
    }

    /** Windows refuses an address; {@link #error} is its code. */
    static final class AddressRefusedException extends Exception {
        private final TunAddress address;
        private final int error;

        AddressRefusedException(TunAddress address, int error) {
            super("Windows refuses the address " + address + ", " + WindowsCalls.words(error));
            this.address = address;
            this.error = error;
        }

        /** True if there are no settings for IPv6 at all. */
        boolean isWithoutIpv6() {
            return address.isIpv6() && error == WindowsCalls.ERROR_NOT_FOUND;
        }
    }

    /**
     * A new adapter's settings are there some time after the adapter is: usually at once, on a busy
     * machine after a second or two.
     */
    private static final int MAX_CHECKS = 500;

    /** IPv6's come at about the time of IPv4's, or never: where it is switched off. */
    private static final int MAX_CHECKS_IPV6 = 100;

    private static final Duration CHECK_PAUSE = Duration.ofMillis(10);

    private final long luid;

    AdapterSetup(long luid) {
        this.luid = luid;
    }

    void apply(TunSettings settings) throws RefusedException, AddressRefusedException {
        setMtu(false, settings.mtu());
        for (TunAddress address : settings.addresses()) {
            if (address.isIpv6()) {
                setMtuForIpv6(address, settings.mtu());
                break;
            }
        }
        for (TunAddress address : settings.addresses()) {
            add(address);
        }
    }

    /** Where IPv6 is switched off a device has no settings for it. */
    private void setMtuForIpv6(TunAddress first, int mtu)
            throws RefusedException, AddressRefusedException {
        try {
            setMtu(true, mtu);
        } catch (RefusedException e) {
            if (e.error() == WindowsCalls.ERROR_NOT_FOUND) {
                throw new AddressRefusedException(first, e.error());
            }
            throw e;
        }
    }

    private void setMtu(boolean ipv6, int mtu) throws RefusedException {
        String what = "setting the MTU for " + (ipv6 ? "IPv6" : "IPv4");
        try (Memory memory = new Memory(IpHelperRow.INTERFACE_SIZE)) {
            memory.clear();
            long address = Pointer.nativeValue(memory);
            ByteBuffer row = memory.getByteBuffer(0, IpHelperRow.INTERFACE_SIZE);
            int error = read(address, row, ipv6);
            if (error == 0) {
                IpHelperRow.putMtu(row, ipv6, mtu);
                error = IpHelper.SetIpInterfaceEntry(address);
            }
            if (error != 0) {
                throw new RefusedException(what, error);
            }
        }
    }

    private int read(long address, ByteBuffer row, boolean ipv6) {
        int error = WindowsCalls.ERROR_NOT_FOUND;
        int checks = ipv6 ? MAX_CHECKS_IPV6 : MAX_CHECKS;
        for (int i = 0; i < checks && error == WindowsCalls.ERROR_NOT_FOUND; i++) {
            if (i > 0) {
                LockSupport.parkNanos(CHECK_PAUSE.toNanos());
            }
            IpHelper.InitializeIpInterfaceEntry(address);
            IpHelperRow.putInterface(row, luid, ipv6);
            error = IpHelper.GetIpInterfaceEntry(address);
        }
        return error;
    }

    private void add(TunAddress tunAddress) throws AddressRefusedException {
        try (Memory memory = new Memory(IpHelperRow.ADDRESS_SIZE)) {
            memory.clear();
            long address = Pointer.nativeValue(memory);
            IpHelper.InitializeUnicastIpAddressEntry(address);
            IpHelperRow.putAddress(
                    memory.getByteBuffer(0, IpHelperRow.ADDRESS_SIZE), luid, tunAddress);
            int error = IpHelper.CreateUnicastIpAddressEntry(address);
            if (error != 0) {
                throw new AddressRefusedException(tunAddress, error);
            }
        }
    }
}
