package org.flowshield.libp2p.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.flowshield.libp2p.pubsub.wire.Message;
import org.flowshield.libp2p.pubsub.wire.MessageId;
import org.flowshield.libp2p.pubsub.wire.Rpc;
import org.flowshield.libp2p.pubsub.wire.Topic;
import org.junit.jupiter.api.Test;

final class SendQueueTest {

    private static final Topic NEWS = new Topic("news");

    private final SendQueue queue = new SendQueue();

    private static Rpc message(int bytes) {
        ByteString data = ByteString.copyFrom(new byte[bytes]);
        return new Rpc.Builder().message(new Message(null, data, null, NEWS, null, null)).build();
    }

    private static Rpc graft() {
        return new Rpc.Builder().graft(NEWS).build();
    }

    @Test
    void what_builds_the_mesh_goes_before_messages_and_with_them() throws Exception {
        queue.offer(message(1));
        queue.offer(message(2));
        queue.offer(graft());
        Rpc together = queue.take().orElseThrow();
        assertThat(together.graft()).containsExactly(NEWS);
        assertThat(together.messages()).hasSize(2);
    }

    @Test
    void the_newest_message_gives_way_when_there_is_no_room() throws Exception {
        int large = 1024 * 1024;
        for (int i = 0; i < 5; i++) {
            assertThat(queue.offer(message(large + i))).isTrue();
        }
        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(queue.take().orElseThrow().messages().getFirst().payloadSize()).isEqualTo(large);
        queue.offer(message(7));
        assertThat(queue.dropped()).isEqualTo(2);
    }

    @Test
    void many_small_things_are_bounded_too() {
        MessageId id = new MessageId(ByteString.copyFromUtf8("id"));
        Rpc ask = new Rpc.Builder().iwant(List.of(id)).build();
        for (int i = 0; i < SendQueue.MAX_OTHERS + 3; i++) {
            queue.offer(ask);
        }
        assertThat(queue.dropped()).isEqualTo(3);
    }

    @Test
    void a_peer_that_takes_not_even_grafts_is_given_up() {
        for (int i = 0; i < SendQueue.MAX_URGENT; i++) {
            assertThat(queue.offer(graft())).isTrue();
        }
        assertThat(queue.offer(graft())).isFalse();
    }

    @Test
    void ends_for_who_takes_when_it_is_closed() throws Exception {
        queue.offer(message(1));
        queue.close();
        assertThat(queue.take()).isEmpty();
        assertThat(queue.offer(message(1))).isTrue();
        assertThat(queue.take()).isEmpty();
    }
}
