package org.flowshield.node.payment.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.payment.ChannelKey;
import org.flowshield.contracts.payment.SignedVoucher;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.libp2p.host.Connection;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.node.payment.BeginProof;
import org.flowshield.node.payment.Paid;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Begin;
import org.flowshield.node.payment.wire.PaymentMessage.Pay;
import org.flowshield.node.payment.wire.SignedOffer;
import org.flowshield.node.tunnel.control.ControlMessage.Welcome;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.ClientBilling;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.PaidMeter.Metered;
import org.jspecify.annotations.Nullable;

/** A client that says to its provider what the test wants it to, and takes all that it can get. */
final class RawPayer implements ClientBilling {

    private final ChannelKey channel;
    private final SigningKey signer;
    private final UnaryOperator<Begin> change;
    private final CompletableFuture<PaymentChannel> stream = new CompletableFuture<>();
    private final List<PaymentMessage> heard = new ArrayList<>(); // guarded by itself
    private volatile @Nullable SignedOffer offer;

    RawPayer(ChannelKey channel, SigningKey signer, UnaryOperator<Begin> change) {
        this.channel = channel;
        this.signer = signer;
        this.change = change;
    }

    SignedOffer offer() {
        return Objects.requireNonNull(offer);
    }

    @Override
    public Optional<Bytes32> agree(Connection control) throws IOException {
        try (Stream asked = control.openStream(Offers.PROTOCOL)) {
            offer = SignedOffer.read(asked.input(), control.remotePeer()).orElseThrow();
        } catch (MalformedPaymentException e) {
            throw new IOException(e);
        }
        return Optional.of(offer().hash());
    }

    @Override
    public Optional<Bill> begin(
            Connection control, Welcome welcome, Consumer<BillEndedException> onEnd) {
        Thread.ofVirtual().start(() -> run(control, welcome.token()));
        return Optional.of(
                new Bill() {
                    private final CreditGate open = new CreditGate(Long.MAX_VALUE);

                    @Override
                    public CreditGate credit() {
                        return open;
                    }

                    @Override
                    public void settle() {}

                    @Override
                    public void close() {}
                });
    }

    private void run(Connection control, SessionToken token) {
        try {
            Stream opened = control.openStream(PayeeService.PROTOCOL);
            PaymentChannel said = new PaymentChannel(opened.input(), opened.output());
            Begin honest =
                    new Begin(
                            token,
                            channel,
                            offer().hash(),
                            signer.sign(
                                    BeginProof.digest(
                                            channel.id(Parties.DOMAIN),
                                            token,
                                            offer().offer().nodeKey(),
                                            offer().hash())),
                            Optional.empty());
            said.send(change.apply(honest));
            stream.complete(said);
            for (Optional<PaymentMessage> message = said.receive();
                    message.isPresent();
                    message = said.receive()) {
                synchronized (heard) {
                    heard.add(message.orElseThrow());
                    heard.notifyAll();
                }
            }
        } catch (IOException | MalformedPaymentException e) {
            stream.completeExceptionally(e);
        }
    }

    /** Waits for a message of a kind, and takes it and all before it. */
    <T extends PaymentMessage> T await(Class<T> kind) throws InterruptedException {
        synchronized (heard) {
            while (true) {
                while (!heard.isEmpty()) {
                    PaymentMessage next = heard.removeFirst();
                    if (kind.isInstance(next)) {
                        return kind.cast(next);
                    }
                }
                heard.wait();
            }
        }
    }

    void say(PaymentMessage message) throws IOException {
        stream.join().send(message);
    }

    void pay(Paid paid) throws IOException {
        pay(channel, paid, signer);
    }

    void pay(ChannelKey through, Paid paid, SigningKey by) throws IOException {
        say(
                new Pay(
                        SignedVoucher.sign(
                                paid.voucher(through.id(Parties.DOMAIN)), Parties.DOMAIN, by),
                        new Metered(0, 0, 0)));
    }
}
