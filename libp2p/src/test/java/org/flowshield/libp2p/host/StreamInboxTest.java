package org.flowshield.libp2p.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelConfig;
import io.netty.channel.DefaultChannelConfig;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.flowshield.libp2p.resource.Admission;
import org.flowshield.libp2p.resource.ConnectionScope;
import org.flowshield.libp2p.resource.Limits;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamInboxTest {

    private final Admission admission = new Admission(Limits.DEFAULT, System::nanoTime);
    private final ConnectionScope scope = scope();
    private final StreamInbox inbox = new StreamInbox(scope);

    private ConnectionScope scope() {
        try {
            return admission.dial(InetAddress.getByName("192.0.2.1"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** A channel at whose "read no more" a reader may act first. */
    private static final class Pausing extends EmbeddedChannel {

        private @Nullable Runnable first;
        private @Nullable ChannelConfig own;

        @Override
        public ChannelConfig config() {
            ChannelConfig config = own;
            if (config == null) {
                config =
                        new DefaultChannelConfig(this) {
                            @Override
                            public ChannelConfig setAutoRead(boolean autoRead) {
                                Runnable before = first;
                                if (!autoRead && before != null) {
                                    before.run();
                                }
                                return super.setAutoRead(autoRead);
                            }
                        };
                own = config;
            }
            return config;
        }
    }

    @Test
    void a_full_inbox_reads_no_more_until_it_is_nearly_empty() throws Exception {
        Pausing channel = channel();
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[HostLimits.INBOX_HIGH]));
        assertThat(channel.config().isAutoRead()).isFalse();

        read(HostLimits.INBOX_HIGH - HostLimits.INBOX_LOW - 1);
        assertThat(channel.config().isAutoRead()).isFalse();
        read(1);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.close();
    }

    @Test
    void a_reader_that_empties_it_at_the_moment_it_fills_does_not_leave_it_closed()
            throws Exception {
        Pausing channel = channel();
        CountDownLatch begun = new CountDownLatch(1);
        FutureTask<Void> reader =
                new FutureTask<>(
                        () -> {
                            begun.countDown();
                            read(HostLimits.INBOX_HIGH);
                            return null;
                        });
        channel.first =
                () -> {
                    Thread.ofVirtual().start(reader);
                    awaitMuchOf(begun, reader);
                };
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[HostLimits.INBOX_HIGH]));
        reader.get();

        assertThat(channel.config().isAutoRead()).isTrue();
        channel.close();
    }

    /** All of it, unless something keeps the reader out. */
    private static void awaitMuchOf(CountDownLatch begun, FutureTask<Void> reader) {
        try {
            begun.await();
            Void _ = reader.get(200, TimeUnit.MILLISECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            assertThat(reader.isDone()).isFalse();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private Pausing channel() {
        Pausing channel = new Pausing();
        channel.pipeline().addLast(inbox);
        return channel;
    }

    private void read(int bytes) throws Exception {
        ByteBuffer target = ByteBuffer.allocate(bytes);
        while (target.hasRemaining()) {
            assertThat(inbox.read(target)).isPositive();
        }
    }
}
