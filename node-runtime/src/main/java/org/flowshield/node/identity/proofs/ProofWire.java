package org.flowshield.node.identity.proofs;

import static org.flowshield.node.identity.proofs.MalformedProofMessageException.Reason;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Optional;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.proof.BlockHeader;
import org.flowshield.contracts.proof.StorageProof;
import org.flowshield.node.identity.chain.ProvenRegistry;

/** Questions and answers as bytes; proofs.proto says what each part means. Pure. */
public final class ProofWire {

    /** Bytes: a number and two words have some 80. */
    static final int MAX_QUERY = 128;

    /** Bytes: the longest proof, and the lengths of its nodes. */
    static final int MAX_ANSWER = StorageProof.MAX_LENGTH + 8 * 1024;

    /** Trees of 32 bytes of key have at most 64 nodes on a way. */
    private static final int MAX_NODES = 64;

    private ProofWire() {}

    public static byte[] encode(ProofQuery query) {
        ProofProtos.Query.Builder message =
                ProofProtos.Query.newBuilder()
                        .setNumber(query.block().number())
                        .setHash(ByteString.copyFrom(query.block().hash().bytes()));
        query.slot().ifPresent(slot -> message.setSlot(ByteString.copyFrom(slot.bytes())));
        return message.build().toByteArray();
    }

    public static ProofQuery parseQuery(byte[] bytes) throws MalformedProofMessageException {
        if (bytes.length > MAX_QUERY) {
            throw new MalformedProofMessageException(Reason.TOO_LONG);
        }
        ProofProtos.Query query;
        try {
            query = ProofProtos.Query.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedProofMessageException(Reason.NOT_PROTOBUF);
        }
        if (query.getNumber() < 0) {
            throw new MalformedProofMessageException(Reason.WRONG_FIELD);
        }
        return new ProofQuery(
                new ProvenRegistry.Block(query.getNumber(), word(query.getHash())),
                query.getSlot().isEmpty() ? Optional.empty() : Optional.of(word(query.getSlot())));
    }

    private static Bytes32 word(ByteString bytes) throws MalformedProofMessageException {
        if (bytes.size() != Bytes32.LENGTH) {
            throw new MalformedProofMessageException(Reason.WRONG_FIELD);
        }
        return new Bytes32(bytes.toByteArray());
    }

    public static byte[] encode(ProofAnswer answer) {
        ProofProtos.Answer.Builder message = ProofProtos.Answer.newBuilder();
        switch (answer) {
            case ProofAnswer.Header header -> message.setHeader(ByteString.copyFrom(header.rlp()));
            case ProofAnswer.Proof(StorageProof nodes) -> {
                nodes.account().forEach(node -> message.addAccount(ByteString.copyFrom(node)));
                nodes.storage().forEach(node -> message.addStorage(ByteString.copyFrom(node)));
            }
            case ProofAnswer.None(ProofAnswer.Reason reason) ->
                    message.setStatus(
                            switch (reason) {
                                case UNKNOWN -> ProofProtos.Status.UNKNOWN;
                                case BUSY -> ProofProtos.Status.BUSY;
                                case MALFORMED -> ProofProtos.Status.MALFORMED;
                            });
        }
        return message.build().toByteArray();
    }

    public static ProofAnswer parseAnswer(byte[] bytes) throws MalformedProofMessageException {
        if (bytes.length > MAX_ANSWER) {
            throw new MalformedProofMessageException(Reason.TOO_LONG);
        }
        ProofProtos.Answer answer;
        try {
            answer = ProofProtos.Answer.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedProofMessageException(Reason.NOT_PROTOBUF);
        }
        return switch (answer.getStatus()) {
            case UNKNOWN -> new ProofAnswer.None(ProofAnswer.Reason.UNKNOWN);
            case BUSY -> new ProofAnswer.None(ProofAnswer.Reason.BUSY);
            case MALFORMED -> new ProofAnswer.None(ProofAnswer.Reason.MALFORMED);
            case UNRECOGNIZED -> throw new MalformedProofMessageException(Reason.WRONG_FIELD);
            case OK -> content(answer);
        };
    }

    private static ProofAnswer content(ProofProtos.Answer answer)
            throws MalformedProofMessageException {
        if (!answer.getHeader().isEmpty()) {
            if (answer.getHeader().size() > BlockHeader.MAX_LENGTH) {
                throw new MalformedProofMessageException(Reason.WRONG_FIELD);
            }
            return new ProofAnswer.Header(answer.getHeader().toByteArray());
        }
        return new ProofAnswer.Proof(
                new StorageProof(nodes(answer.getAccountList()), nodes(answer.getStorageList())));
    }

    private static List<byte[]> nodes(List<ByteString> nodes)
            throws MalformedProofMessageException {
        if (nodes.size() > MAX_NODES) {
            throw new MalformedProofMessageException(Reason.WRONG_FIELD);
        }
        return nodes.stream().map(ByteString::toByteArray).toList();
    }
}
