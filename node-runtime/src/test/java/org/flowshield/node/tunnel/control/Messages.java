package org.flowshield.node.tunnel.control;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.path.InnerAddresses;
import org.flowshield.tun.Offloads;

/** Messages as an honest peer sends them. */
public final class Messages {

    public static final Hello HELLO = new Hello(1, 2, true, Offloads.ALL, true, true);

    private Messages() {}

    public static Welcome welcome() {
        return welcome(SessionToken.random(new SecureRandom()));
    }

    public static Welcome welcome(SessionToken token) {
        return new Welcome(1, token, 2, true, Offloads.ALL, grant());
    }

    public static Grant grant() {
        return new Grant(
                new InnerAddresses(Optional.of(v4("100.64.0.2")), Optional.of(v6("fd00::2"))),
                Optional.of(v4("100.64.0.1")),
                Optional.of(v6("fd00::1")),
                List.of(v4("100.64.0.1")),
                1500);
    }

    public static Inet4Address v4(String text) {
        return (Inet4Address) literal(text);
    }

    public static Inet6Address v6(String text) {
        return (Inet6Address) literal(text);
    }

    private static InetAddress literal(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
