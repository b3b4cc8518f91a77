package org.flowshield.node.payment.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Payment messages over a stream of bytes, each after its length as a uvarint. One thread may
 * receive while others send.
 */
public final class PaymentChannel {

    private final InputStream in;
    private final OutputStream out;

    public PaymentChannel(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Sends one message in one piece; blocks while the peer does not take it. */
    public void send(PaymentMessage message) throws IOException {
        byte[] frame = Frames.framed(PaymentWire.encode(message));
        synchronized (out) { // keeps the messages of two threads apart
            out.write(frame);
            out.flush();
        }
    }

    /** Waits for the next message; empty if the peer has ended the stream between two messages. */
    public Optional<PaymentMessage> receive() throws IOException, MalformedPaymentException {
        Optional<byte[]> body = Frames.read(in, PaymentWire.MAX_MESSAGE);
        return body.isEmpty() ? Optional.empty() : Optional.of(PaymentWire.parse(body.get()));
    }
}
