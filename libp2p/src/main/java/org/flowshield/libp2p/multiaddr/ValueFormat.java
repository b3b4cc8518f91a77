package org.flowshield.libp2p.multiaddr;

import io.netty.util.NetUtil;
import java.io.ByteArrayOutputStream;
import java.net.Inet6Address;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Multibase;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;

/**
 * How a component's value reads as text and as bytes. Both directions refuse what is not a value.
 */
enum ValueFormat {
    NONE(0) {
        @Override
        byte[] parse(String text) throws BadValueException {
            throw new BadValueException("takes no value");
        }

        @Override
        String format(byte[] value) {
            return "";
        }
    },
    IP4(4) {
        @Override
        byte[] parse(String text) throws BadValueException {
            byte[] value =
                    NetUtil.isValidIpV4Address(text)
                            ? NetUtil.createByteArrayFromIpAddressString(text)
                            : null;
            if (value == null || !format(value).equals(text)) {
                throw new BadValueException("is no IPv4 address such as 192.0.2.1");
            }
            return value;
        }

        @Override
        String format(byte[] value) {
            return (value[0] & 0xff)
                    + "."
                    + (value[1] & 0xff)
                    + "."
                    + (value[2] & 0xff)
                    + "."
                    + (value[3] & 0xff);
        }
    },
    IP6(16) {
        @Override
        byte[] parse(String text) throws BadValueException {
            boolean plain =
                    text.indexOf('%') < 0
                            && text.indexOf('[') < 0
                            && NetUtil.isValidIpV6Address(text);
            byte[] value = plain ? NetUtil.createByteArrayFromIpAddressString(text) : null;
            if (value == null) {
                throw new BadValueException("is no IPv6 address such as 2001:db8::1");
            }
            return value;
        }

        @Override
        String format(byte[] value) {
            try {
                return NetUtil.toAddressString(Inet6Address.getByAddress(null, value, -1), true);
            } catch (UnknownHostException e) {
                throw new IllegalStateException("16 bytes are an IPv6 address", e);
            }
        }
    },
    PORT(2) {
        @Override
        byte[] parse(String text) throws BadValueException {
            int port = decimal(text, 0xffff);
            return new byte[] {(byte) (port >>> Byte.SIZE), (byte) port};
        }

        @Override
        String format(byte[] value) {
            return Integer.toString((value[0] & 0xff) << Byte.SIZE | (value[1] & 0xff));
        }
    },
    BYTE(1) {
        @Override
        byte[] parse(String text) throws BadValueException {
            return new byte[] {(byte) decimal(text, 0xff)};
        }

        @Override
        String format(byte[] value) {
            return Integer.toString(value[0] & 0xff);
        }
    },
    NAME(ValueFormat.VARIABLE) {
        @Override
        byte[] parse(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        String format(byte[] value) throws BadValueException {
            String text = utf8(value);
            if (text.indexOf('/') >= 0 || text.chars().anyMatch(Character::isISOControl)) {
                throw new BadValueException("contains a slash or a control character");
            }
            return text;
        }
    },
    PERCENT_ENCODED(ValueFormat.VARIABLE) {
        @Override
        byte[] parse(String text) throws BadValueException {
            return percentDecode(text);
        }

        @Override
        String format(byte[] value) throws BadValueException {
            utf8(value);
            return percentEncode(value);
        }
    },
    PEER_ID(ValueFormat.VARIABLE) {
        @Override
        byte[] parse(String text) throws BadValueException {
            try {
                return PeerId.parse(text).bytes();
            } catch (MalformedPeerIdException e) {
                throw new BadValueException("is " + e.getMessage());
            }
        }

        @Override
        String format(byte[] value) throws BadValueException {
            try {
                return PeerId.parse(value).toString();
            } catch (MalformedPeerIdException e) {
                throw new BadValueException("is " + e.getMessage());
            }
        }
    },
    CERTHASH(ValueFormat.VARIABLE) {
        @Override
        byte[] parse(String text) throws BadValueException {
            try {
                return Multihash.parse(Multibase.decode(text)).encode();
            } catch (MalformedMultiformatException e) {
                throw new BadValueException("is no multihash: " + e.getMessage());
            }
        }

        @Override
        String format(byte[] value) throws BadValueException {
            try {
                return Multibase.BASE64_URL.encode(Multihash.parse(value).encode());
            } catch (MalformedMultiformatException e) {
                throw new BadValueException("is no multihash: " + e.getMessage());
            }
        }
    };

    /** The size of values that are preceded by their length. */
    static final int VARIABLE = -1;

    private static final String UNRESERVED = "-_.!~*'()";
    private static final HexFormat UPPER_HEX = HexFormat.of().withUpperCase();

    private final int size;

    ValueFormat(int size) {
        this.size = size;
    }

    /** In bytes, or {@link #VARIABLE}. */
    int size() {
        return size;
    }

    abstract byte[] parse(String text) throws BadValueException;

    /** The text of bytes of the right size. */
    abstract String format(byte[] value) throws BadValueException;

    /** Says what is wrong with a value, to be put after the value. */
    static final class BadValueException extends Exception {
        private final String complaint;

        BadValueException(String complaint) {
            super(complaint);
            this.complaint = complaint;
        }

        String complaint() {
            return complaint;
        }
    }

    private static int decimal(String text, int max) throws BadValueException {
        int value = 0;
        boolean canonical = !text.isEmpty() && (text.length() == 1 || text.charAt(0) != '0');
        for (int i = 0; canonical && i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            value = value * 10 + digit;
            canonical = digit >= 0 && digit <= 9 && value <= max;
        }
        if (!canonical) {
            throw new BadValueException("is no number from 0 to " + max);
        }
        return value;
    }

    private static String utf8(byte[] value) throws BadValueException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value)).toString();
        } catch (CharacterCodingException e) {
            throw new BadValueException("is no UTF-8 text");
        }
    }

    /** As JavaScript's encodeURIComponent has it, which is the text that js-libp2p prints. */
    private static String percentEncode(byte[] value) {
        StringBuilder text = new StringBuilder();
        for (byte b : value) {
            char c = (char) (b & 0xff);
            boolean alphanumeric =
                    (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (alphanumeric || UNRESERVED.indexOf(c) >= 0) {
                text.append(c);
            } else {
                text.append('%').append(UPPER_HEX.toHexDigits(b));
            }
        }
        return text.toString();
    }

    private static byte[] percentDecode(String text) throws BadValueException {
        byte[] source = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream target = new ByteArrayOutputStream(source.length);
        for (int i = 0; i < source.length; i++) {
            if (source[i] != '%') {
                target.write(source[i]);
                continue;
            }
            if (i + 2 >= source.length
                    || !HexFormat.isHexDigit(source[i + 1])
                    || !HexFormat.isHexDigit(source[i + 2])) {
                throw new BadValueException("has a % that two hexadecimal digits do not follow");
            }
            target.write(
                    HexFormat.fromHexDigit(source[i + 1]) << 4
                            | HexFormat.fromHexDigit(source[i + 2]));
            i += 2;
        }
        return target.toByteArray();
    }
}
