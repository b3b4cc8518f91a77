package org.flowshield.libp2p.nat;

/** A program that has its port mapped, prints how that stands, and ends with its input. */
final class PortMappingPeer {

    private PortMappingPeer() {}

    /**
     * Maps until its input ends.
     *
     * @param arguments the port
     */
    public static void main(String[] arguments) throws Exception {
        try (PortMapping _ =
                PortMapping.start(
                        Integer.parseInt(arguments[0]),
                        () -> true,
                        state -> System.out.println("state " + state))) {
            while (System.in.read() >= 0) {
                // until the end
            }
        }
        System.out.println("closed");
    }
}
