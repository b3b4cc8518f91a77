package org.flowshield.libp2p.peer;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.flowshield.libp2p.crypto.MalformedKeyException;
import org.flowshield.libp2p.crypto.PublicKey;
import org.flowshield.libp2p.multiformats.Base58;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Multibase;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.multiformats.Uvarint;
import org.flowshield.libp2p.peer.MalformedPeerIdException.Reason;

/**
 * The name of a peer: the multihash of its public key. Immutable.
 *
 * @param bytes the multihash
 */
public record PeerId(byte[] bytes) {

    /** A longer key goes into the id by its hash (peer-id specification). */
    private static final int MAX_INLINE_KEY = 42;

    private static final int SHA256_LENGTH = 32;

    private static final long CID_VERSION = 1;

    /** "libp2p-key" in the multicodec table. */
    private static final long CID_CODEC = 0x72;

    /**
     * Holds the bytes of an id that is known to be sound.
     *
     * @throws IllegalArgumentException if it is not; untrusted input goes through {@code parse}
     */
    public PeerId {
        bytes = bytes.clone();
        try {
            check(bytes);
        } catch (MalformedPeerIdException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The id of the peer with this key. */
    public static PeerId of(PublicKey key) {
        byte[] encoded = key.encoded();
        Multihash hash =
                encoded.length <= MAX_INLINE_KEY
                        ? Multihash.identity(encoded)
                        : Multihash.sha256(encoded);
        return new PeerId(hash.encode());
    }

    /** Parses the binary form. */
    public static PeerId parse(byte[] bytes) throws MalformedPeerIdException {
        check(bytes);
        return new PeerId(bytes);
    }

    /**
     * Parses either text form: base58 ({@code 12D3Koo...}, {@code Qm...}) or a CID in any
     * multibase.
     */
    public static PeerId parse(String text) throws MalformedPeerIdException {
        try {
            if (text.startsWith("1") || text.startsWith("Qm")) {
                return parse(Base58.decode(text));
            }
            return parse(multihashOf(ByteBuffer.wrap(Multibase.decode(text))));
        } catch (MalformedMultiformatException e) {
            throw new MalformedPeerIdException(Reason.BAD_TEXT, "no peer id: " + e.getMessage());
        }
    }

    private static byte[] multihashOf(ByteBuffer cid)
            throws MalformedPeerIdException, MalformedMultiformatException {
        if (Uvarint.read(cid) != CID_VERSION || Uvarint.read(cid) != CID_CODEC) {
            throw new MalformedPeerIdException(
                    Reason.NOT_A_KEY_CID, "no peer id: a CID of something else than a libp2p key");
        }
        byte[] multihash = new byte[cid.remaining()];
        cid.get(multihash);
        return multihash;
    }

    private static void check(byte[] bytes) throws MalformedPeerIdException {
        Multihash hash;
        try {
            hash = Multihash.parse(bytes);
        } catch (MalformedMultiformatException e) {
            throw new MalformedPeerIdException(
                    Reason.BAD_MULTIHASH, "no peer id: " + e.getMessage());
        }
        if (hash.code() == Multihash.IDENTITY) {
            inlineKey(hash.digest());
        } else if (hash.code() != Multihash.SHA2_256) {
            throw new MalformedPeerIdException(
                    Reason.UNKNOWN_HASH, "no peer id: made by hash function " + hash.code());
        } else if (hash.digest().length != SHA256_LENGTH) {
            throw new MalformedPeerIdException(
                    Reason.BAD_MULTIHASH,
                    "no peer id: SHA-256 of " + hash.digest().length + " bytes");
        }
    }

    private static PublicKey inlineKey(byte[] encoded) throws MalformedPeerIdException {
        if (encoded.length > MAX_INLINE_KEY) {
            throw new MalformedPeerIdException(
                    Reason.BAD_KEY,
                    "no peer id: a key of " + encoded.length + " bytes goes in by its hash");
        }
        try {
            return PublicKey.parse(encoded);
        } catch (MalformedKeyException e) {
            throw new MalformedPeerIdException(Reason.BAD_KEY, "no peer id: " + e.getMessage());
        }
    }

    /** The peer's key, if the id contains it (Ed25519 and Secp256k1). */
    public Optional<PublicKey> publicKey() {
        try {
            Multihash hash = Multihash.parse(bytes);
            return hash.code() == Multihash.IDENTITY
                    ? Optional.of(inlineKey(hash.digest()))
                    : Optional.empty();
        } catch (MalformedMultiformatException | MalformedPeerIdException e) {
            throw new IllegalStateException("checked by the constructor", e);
        }
    }

    /** The text as a CID in base32, {@code bafz...}. */
    public String toCid() {
        ByteBuffer cid =
                ByteBuffer.allocate(
                        Uvarint.size(CID_VERSION) + Uvarint.size(CID_CODEC) + bytes.length);
        Uvarint.write(CID_VERSION, cid);
        Uvarint.write(CID_CODEC, cid);
        return Multibase.BASE32.encode(cid.put(bytes).array());
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId id && Arrays.equals(bytes, id.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The text that people see, in base58. */
    @Override
    public String toString() {
        return Base58.encode(bytes);
    }
}
