package org.flowshield.node.cli.p2p.dht;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.flowshield.libp2p.kad.wire.RecordKey;
import org.flowshield.libp2p.multiformats.MalformedMultiformatException;
import org.flowshield.libp2p.multiformats.Multibase;
import org.flowshield.libp2p.multiformats.Multihash;
import org.flowshield.libp2p.multiformats.Uvarint;
import org.flowshield.libp2p.peer.MalformedPeerIdException;
import org.flowshield.libp2p.peer.PeerId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Content that is provided, as it stands on the command line: a CID, or a name, which is hashed.
 *
 * @param text as given
 * @param hash whose providers are meant
 */
record Content(String text, Multihash hash) {

    private static final long CID_VERSION = 1;

    /** "raw" in the multicodec table. */
    private static final long RAW = 0x55;

    static Content parse(String text) {
        if (text.isEmpty()) {
            throw new TypeConversionException("a name of content has at least one character");
        }
        Multihash hash = hashOf(text);
        if (!RecordKey.of(hash).isProviderKey()) {
            throw new TypeConversionException("the hash in '" + text + "' is too long");
        }
        return new Content(text, hash);
    }

    private static Multihash hashOf(String text) {
        try {
            if (text.startsWith("Qm")) { // version 0 has the form of a hashed peer id
                return Multihash.parse(PeerId.parse(text).bytes());
            }
            ByteBuffer cid = ByteBuffer.wrap(Multibase.decode(text));
            if (Uvarint.read(cid) == CID_VERSION && Uvarint.read(cid) >= 0) {
                byte[] hash = new byte[cid.remaining()];
                cid.get(hash);
                return Multihash.parse(hash);
            }
        } catch (MalformedMultiformatException | MalformedPeerIdException _) {
            // then it is a name
        }
        return Multihash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The CID of raw bytes with this hash. */
    String cid() {
        byte[] encoded = hash.encode();
        ByteBuffer cid =
                ByteBuffer.allocate(Uvarint.size(CID_VERSION) + Uvarint.size(RAW) + encoded.length);
        Uvarint.write(CID_VERSION, cid);
        Uvarint.write(RAW, cid);
        return Multibase.BASE32.encode(cid.put(encoded).array());
    }

    static final class Converter implements ITypeConverter<Content> {
        @Override
        public Content convert(String text) {
            return parse(text);
        }
    }
}
