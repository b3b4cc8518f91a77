package org.flowshield.libp2p.interop;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.flowshield.libp2p.host.Host;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;

/** Our side of the test protocols that {@code served.mjs} describes. */
final class InteropProtocols {

    static final ProtocolId ECHO = new ProtocolId("/echo/1.0.0");

    /** Opener writes and closes its side; answer: u64 count, SHA-256 of what came. */
    static final ProtocolId SINK = new ProtocolId("/flowshield/interop/sink/1.0.0");

    /** Opener writes u64 count, u64 seed and closes its side; answer: that content. */
    static final ProtocolId SOURCE = new ProtocolId("/flowshield/interop/source/1.0.0");

    /** The server closes its side at once and still reads to the opener's end. */
    static final ProtocolId HALF_CLOSED = new ProtocolId("/flowshield/interop/half-closed/1.0.0");

    /** Opener writes one byte: who resets. If the opener, the server answers one byte first. */
    static final ProtocolId RESET = new ProtocolId("/flowshield/interop/reset/1.0.0");

    /** The tests open 100 echoes at once. */
    private static final int MAX_INBOUND = 128;

    static final byte RESET_BY_SERVER = 1;
    static final byte RESET_BY_OPENER = 2;

    /** What reached our half-closed streams. */
    final BlockingQueue<Content.Sum> halfClosed = new LinkedBlockingQueue<>();

    /** How our reset streams ended when the opener was to reset them. */
    final BlockingQueue<String> resets = new LinkedBlockingQueue<>();

    void serveOn(Host host) {
        host.handle(binding(ECHO, InteropProtocols::echo));
        host.handle(binding(SINK, InteropProtocols::sink));
        host.handle(binding(SOURCE, InteropProtocols::source));
        host.handle(binding(HALF_CLOSED, this::halfClosed));
        host.handle(binding(RESET, this::reset));
    }

    /** Serves one stream. */
    interface Service {
        void serve(Stream stream) throws IOException;
    }

    static ProtocolBinding binding(ProtocolId id, Service service) {
        return new ProtocolBinding() {
            @Override
            public List<ProtocolId> ids() {
                return List.of(id);
            }

            @Override
            public int maxInboundPerConnection() {
                return MAX_INBOUND;
            }

            @Override
            public void accept(Stream stream) throws IOException {
                service.serve(stream);
            }
        };
    }

    private static void echo(Stream stream) throws IOException {
        stream.input().transferTo(stream.output());
        stream.output().flush();
    }

    private static void sink(Stream stream) throws IOException {
        Content.Sum sum = Content.read(stream.input());
        stream.write(
                ByteBuffer.allocate(40)
                        .putLong(sum.bytes())
                        .put(HexFormat.of().parseHex(sum.sha256()))
                        .flip());
    }

    private static void source(Stream stream) throws IOException {
        DataInputStream wish = new DataInputStream(stream.input());
        long bytes = wish.readLong();
        Content.write(stream.output(), bytes, wish.readLong());
        stream.output().flush();
    }

    private void halfClosed(Stream stream) throws IOException {
        stream.closeWrite();
        halfClosed.add(Content.read(stream.input()));
    }

    private void reset(Stream stream) throws IOException {
        InputStream input = stream.input();
        if (input.read() == RESET_BY_SERVER) {
            stream.reset();
            return;
        }
        stream.write(ByteBuffer.wrap(new byte[] {RESET_BY_OPENER}));
        try {
            int next = input.read();
            resets.add(next < 0 ? "end" : "byte");
        } catch (IOException e) {
            resets.add("reset");
        }
    }
}
