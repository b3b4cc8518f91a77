package org.flowshield.libp2p.pubsub.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

final class RpcFuzzTest {

    @FuzzTest
    void what_a_peer_says_is_refused_or_bounded_and_reads_back_what_it_writes(byte[] input)
            throws Exception {
        Rpc read;
        try {
            read = Rpcs.decode(input);
        } catch (MalformedRpcException e) {
            assertThat(e.reason()).isNotNull();
            return;
        }
        assertThat(read.subscriptions()).hasSizeLessThanOrEqualTo(Rpc.MAX_SUBSCRIPTIONS);
        assertThat(read.messages()).hasSizeLessThanOrEqualTo(Rpc.MAX_MESSAGES);
        assertThat(read.graft()).hasSizeLessThanOrEqualTo(Rpc.MAX_CONTROLS);
        assertThat(read.iwant()).hasSizeLessThanOrEqualTo(Rpc.MAX_IDS);
        assertThat(Rpcs.decode(Rpcs.encode(read))).isEqualTo(read);
        for (Message message : read.messages()) {
            assertThat(MessageIds.AUTHOR_AND_SEQNO.of(message)).isNotNull();
            try {
                StrictSign.Claimed claimed = StrictSign.claimed(message);
                assertThat(claimed.author()).isNotNull();
                assertThat(claimed.isSigned()).isIn(true, false);
            } catch (MalformedMessageException e) {
                assertThat(e.reason()).isNotNull();
            }
        }
    }
}
