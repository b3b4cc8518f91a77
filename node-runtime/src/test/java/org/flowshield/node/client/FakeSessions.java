package org.flowshield.node.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.flowshield.node.api.Traffic;
import org.flowshield.node.api.TunnelStatus;
import org.flowshield.node.api.payment.SessionPayment;
import org.flowshield.node.routing.RoutePlan;

/** Sessions that do what a test says. Any thread. */
final class FakeSessions implements Sessions {

    static final FirewallPolicy.Tunnel TUNNEL =
            new FirewallPolicy.Tunnel(new RoutePlan("flowshield0", true, true), List.of());

    /** All that were begun. */
    final List<Fake> all = new ArrayList<>();

    private final LinkedBlockingQueue<Fake> begun = new LinkedBlockingQueue<>();

    @Override
    public synchronized Session begin(long request, Target target, Listener listener) {
        Fake session = new Fake(target, listener);
        all.add(session);
        begun.add(session);
        return session;
    }

    /** Waits for the next session to be begun. */
    Fake next() throws InterruptedException {
        Fake session = begun.poll(30, TimeUnit.SECONDS);
        if (session == null) {
            throw new AssertionError("no session was begun");
        }
        return session;
    }

    /** One session. */
    static final class Fake implements Session {

        final Target target;
        private final Listener listener;
        private volatile boolean askedToEnd;
        private volatile boolean ended;

        Fake(Target target, Listener listener) {
            this.target = target;
            this.listener = listener;
        }

        void isGranted() {
            listener.granted(TUNNEL);
        }

        void open() {
            listener.opened(TUNNEL);
        }

        /** Is gone, whether it was asked to or not. */
        void isGone(Failure why) {
            if (!ended) {
                ended = true;
                listener.ended(why);
            }
        }

        boolean isAskedToEnd() {
            return askedToEnd;
        }

        boolean isEnded() {
            return ended;
        }

        @Override
        public void end() {
            askedToEnd = true;
        }

        @Override
        public Optional<SessionPayment> payment() {
            return Optional.empty();
        }

        @Override
        public Traffic traffic() {
            return Traffic.NONE;
        }

        @Override
        public Optional<TunnelStatus> tunnel() {
            return Optional.empty();
        }
    }
}
