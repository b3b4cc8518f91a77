package org.flowshield.node.desk.money;

import java.util.Locale;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;

/** What can be said of an address while it is typed. Pure. */
public sealed interface AddressCheck {

    /**
     * Money can be sent there.
     *
     * @param checksummed false if it is written without capitals, so that a wrong digit would not
     *     be noticed: show it, to be compared
     */
    record Good(EvmAddress address, boolean checksummed) implements AddressCheck {}

    /**
     * It can't.
     *
     * @param message in English: what is wrong and what to do
     */
    record Bad(Fault fault, String message) implements AddressCheck {}

    /** What is wrong. */
    enum Fault {
        EMPTY,
        /** It does not begin with 0x. */
        NO_PREFIX,
        TOO_SHORT,
        TOO_LONG,
        /** Other signs than digits and a-f. */
        NOT_HEX,
        /** A digit was changed on the way. */
        CHECKSUM,
        /** The address 0. */
        NOBODYS,
        /** A contract of the network, which gives nothing back. */
        NETWORK_CONTRACT
    }

    /**
     * Looks at what was typed; white space around does not count.
     *
     * @param contracts where money would be lost
     */
    static AddressCheck of(String typed, Set<EvmAddress> contracts) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return new Bad(Fault.EMPTY, "an address is missing: 0x and 40 digits");
        }
        EvmAddress address;
        try {
            address = EvmAddress.parse(text);
        } catch (MalformedAddressException e) {
            return new Bad(fault(text, e.reason()), String.valueOf(e.getMessage()));
        }
        if (address.isZero()) {
            return new Bad(Fault.NOBODYS, "the address 0 is nobody's: money sent to it is lost");
        }
        if (contracts.contains(address)) {
            return new Bad(
                    Fault.NETWORK_CONTRACT,
                    address
                            + " is a contract of the network, which gives nothing back: money sent"
                            + " to it is lost");
        }
        return new Good(address, address.toString().equals(text));
    }

    private static Fault fault(String text, MalformedAddressException.Reason reason) {
        return switch (reason) {
            case LENGTH ->
                    text.length() < "0x".length() + 2 * EvmAddress.LENGTH
                            ? Fault.TOO_SHORT
                            : Fault.TOO_LONG;
            case NOT_HEX ->
                    text.toLowerCase(Locale.ROOT).startsWith("0x")
                            ? Fault.NOT_HEX
                            : Fault.NO_PREFIX;
            case CHECKSUM -> Fault.CHECKSUM;
        };
    }
}
