package org.flowshield.node.payment.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.flowshield.libp2p.host.ProtocolBinding;
import org.flowshield.libp2p.host.Stream;
import org.flowshield.libp2p.multistream.ProtocolId;
import org.flowshield.libp2p.peer.PeerId;
import org.flowshield.node.payment.CreditWindow;
import org.flowshield.node.payment.Deposit;
import org.flowshield.node.payment.Parties;
import org.flowshield.node.payment.wire.MalformedPaymentException;
import org.flowshield.node.payment.wire.PaymentChannel;
import org.flowshield.node.payment.wire.PaymentMessage;
import org.flowshield.node.payment.wire.PaymentMessage.Terms;
import org.flowshield.node.tunnel.control.ControlMessage.Hello;
import org.flowshield.node.tunnel.control.ControlMessage.Refused;
import org.flowshield.node.tunnel.control.SessionToken;
import org.flowshield.node.tunnel.credit.Bill;
import org.flowshield.node.tunnel.credit.BillEndedException;
import org.flowshield.node.tunnel.credit.CreditGate;
import org.flowshield.node.tunnel.credit.ProviderBilling;

/** A provider that says to its client what the test wants it to, and carries whatever comes. */
final class RawPayee implements ProviderBilling, ProtocolBinding {

    static final Terms TERMS = new Terms(CreditWindow.MOST, new Deposit(Parties.flow("2"), true));

    private final CompletableFuture<PaymentChannel> stream = new CompletableFuture<>();
    private final List<PaymentMessage> heard = new ArrayList<>(); // guarded by itself

    @Override
    public Optional<Refused> objection(Hello hello) {
        return Optional.empty();
    }

    @Override
    public Optional<Bill> begin(
            PeerId peer, Hello hello, SessionToken token, Consumer<BillEndedException> onEnd) {
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

    @Override
    public List<ProtocolId> ids() {
        return List.of(PayeeService.PROTOCOL);
    }

    @Override
    public void accept(Stream opened) throws IOException {
        PaymentChannel said = new PaymentChannel(opened.input(), opened.output());
        stream.complete(said);
        try {
            for (Optional<PaymentMessage> message = said.receive();
                    message.isPresent();
                    message = said.receive()) {
                synchronized (heard) {
                    heard.add(message.orElseThrow());
                    heard.notifyAll();
                }
            }
        } catch (MalformedPaymentException e) {
            throw new IOException(e);
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
}
