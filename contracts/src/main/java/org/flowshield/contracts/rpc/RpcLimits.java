package org.flowshield.contracts.rpc;

import java.time.Duration;

/**
 * What an RPC may take of us. Immutable.
 *
 * @param connect to have a connection
 * @param answer from asking to the last byte of the answer
 * @param maxAnswerBytes of one answer
 */
public record RpcLimits(Duration connect, Duration answer, int maxAnswerBytes) {

    /** A far server over a slow line answers in a second or two. */
    private static final Duration CONNECT = Duration.ofSeconds(5);

    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Two thousand blocks full of events of ours; a block with its hashes has a tenth of that. */
    private static final int MAX_ANSWER_BYTES = 4 << 20;

    public static final RpcLimits DEFAULT = new RpcLimits(CONNECT, ANSWER, MAX_ANSWER_BYTES);

    /**
     * @throws IllegalArgumentException if nothing could be asked so
     */
    public RpcLimits {
        if (!connect.isPositive() || !answer.isPositive() || maxAnswerBytes < 1) {
            throw new IllegalArgumentException("limits of an RPC are greater than 0");
        }
    }

    public RpcLimits withAnswer(Duration answer) {
        return new RpcLimits(connect, answer, maxAnswerBytes);
    }
}
