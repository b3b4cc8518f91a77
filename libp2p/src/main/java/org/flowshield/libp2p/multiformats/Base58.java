package org.flowshield.libp2p.multiformats;

import org.flowshield.libp2p.multiformats.MalformedMultiformatException.Reason;

/** Base58 with Bitcoin's alphabet, without a multibase prefix: the usual text of a peer id. */
public final class Base58 {

    private static final BaseX BTC =
            new BaseX("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz");

    private Base58() {}

    public static String encode(byte[] bytes) {
        return BTC.encode(bytes);
    }

    public static byte[] decode(String text) throws MalformedMultiformatException {
        if (text.length() > Multibase.MAX_TEXT) {
            throw new MalformedMultiformatException(
                    Reason.TOO_LONG,
                    "base58 text has more than " + Multibase.MAX_TEXT + " characters");
        }
        return BTC.decode(text);
    }
}
