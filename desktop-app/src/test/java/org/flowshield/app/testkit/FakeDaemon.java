package org.flowshield.app.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.flowshield.app.daemon.Daemon;
import org.flowshield.app.daemon.DaemonState;
import org.flowshield.app.daemon.Failure;
import org.flowshield.app.daemon.FailureException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.ProviderOffer;
import org.flowshield.node.api.RoleName;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.SellingStatus;
import org.flowshield.node.api.identity.IdentityStatus;
import org.flowshield.node.api.logs.LogExcerpt;
import org.flowshield.node.api.logs.LogQuery;
import org.flowshield.node.api.market.FoundProviders;
import org.flowshield.node.api.market.ProviderQuery;
import org.flowshield.node.api.network.NetworkChange;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.api.payment.ChannelClosing;
import org.flowshield.node.api.payment.ChannelOpening;
import org.flowshield.node.api.payment.ChannelStatus;
import org.flowshield.node.api.payment.Earnings;
import org.flowshield.node.api.payment.PaymentStatus;
import org.flowshield.node.api.payment.Quote;
import org.flowshield.node.api.payment.Settlement;
import org.flowshield.node.api.payment.Spending;
import org.flowshield.node.api.payment.SpendingCaps;
import org.flowshield.node.api.schedule.ScheduleChange;
import org.flowshield.node.api.schedule.ScheduleStatus;

/**
 * A daemon that says what a test wants, for faults that a real one can't be brought to. Answers are
 * given in the order in which they were put in; a question without one is a failed test, but for
 * its log, which is asked for anew and anew: it is empty.
 */
public final class FakeDaemon implements Daemon {

    /** A question that was asked, and what came with it. */
    public record Asked(String what, Object with) {}

    /** An answer that is given when something has happened, or not if who asks is interrupted. */
    private record Late(CountDownLatch happened, Object answer) {}

    private final List<Consumer<DaemonState>> listeners = new CopyOnWriteArrayList<>();

    /** All below are protected by this object's lock. */
    private final Map<String, Deque<Object>> answers = new HashMap<>();

    private final Map<String, Object> usual =
            new HashMap<>(Map.of("logs", new LogExcerpt(Contexts.NOW, 0, 0, List.of())));

    private final List<Asked> asked = new ArrayList<>();
    private DaemonState state = new DaemonState.Unknown();

    /** Tells everybody who watches. */
    public void say(DaemonState now) {
        synchronized (this) {
            state = now;
        }
        listeners.forEach(listener -> listener.accept(now));
    }

    /**
     * The next answer to a question.
     *
     * @param question name of the method
     */
    public synchronized void answer(String question, Object answer) {
        answers.computeIfAbsent(question, _ -> new ArrayDeque<>()).add(answer);
    }

    /** The next answer, given when something has happened. */
    public void answerLate(String question, Object answer, CountDownLatch happened) {
        answer(question, new Late(happened, answer));
    }

    /** What is answered when no other answer is left. */
    public synchronized void always(String question, Object answer) {
        usual.put(question, answer);
    }

    /** The next answer is a refusal. */
    public void refuse(String question, Problem problem) {
        answer(question, new Failure(Failure.Kind.REFUSED, problem));
    }

    /** All questions so far. */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized DaemonState state() {
        return state;
    }

    @Override
    public Watch watch(Consumer<DaemonState> listener) {
        listeners.add(listener);
        listener.accept(state());
        return () -> listeners.remove(listener);
    }

    /** How many watch: none may be left behind by a screen that is hidden. */
    public int watchers() {
        return listeners.size();
    }

    @Override
    public synchronized void retryNow() {
        asked.add(new Asked("retryNow", ""));
    }

    private synchronized Object next(String question, Object with) throws FailureException {
        asked.add(new Asked(question, with));
        Deque<Object> waiting = answers.get(question);
        if (waiting == null || waiting.isEmpty()) {
            Object known = usual.get(question);
            if (known != null) {
                return known;
            }
            throw new AssertionError("nobody expected the question " + question + ": " + with);
        }
        Object answer = waiting.remove();
        if (answer instanceof Failure failure) {
            throw new FailureException(failure);
        }
        return answer;
    }

    @Override
    public ClientStatus connect(ConnectRequest request) throws FailureException {
        return (ClientStatus) next("connect", request);
    }

    @Override
    public ClientStatus disconnect() throws FailureException {
        return (ClientStatus) next("disconnect", "");
    }

    @Override
    public RoleStatus enable(RoleName role) throws FailureException {
        return (RoleStatus) next("enable", role);
    }

    @Override
    public RoleStatus disable(RoleName role) throws FailureException {
        return (RoleStatus) next("disable", role);
    }

    @Override
    public ClientSettings clientSettings() throws FailureException {
        return (ClientSettings) next("clientSettings", "");
    }

    @Override
    public ClientSettings change(ClientSettingsChange change) throws FailureException {
        return (ClientSettings) next("change", change);
    }

    @Override
    public NetworkSettings networkSettings() throws FailureException {
        return (NetworkSettings) next("networkSettings", "");
    }

    @Override
    public NetworkSettings change(NetworkChange change)
            throws FailureException, InterruptedException {
        Object answer = next("changeNetwork", change);
        if (answer instanceof Late(CountDownLatch happened, Object late)) {
            happened.await();
            return (NetworkSettings) late;
        }
        return (NetworkSettings) answer;
    }

    @Override
    public FoundProviders find(ProviderQuery query) throws FailureException {
        return (FoundProviders) next("find", query);
    }

    @Override
    public Quote quote(String provider) throws FailureException {
        return (Quote) next("quote", provider);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<ChannelStatus> channels() throws FailureException {
        return (List<ChannelStatus>) next("channels", "");
    }

    @Override
    public ChannelStatus open(ChannelOpening opening) throws FailureException {
        return (ChannelStatus) next("open", opening);
    }

    @Override
    public ChannelStatus topUp(ChannelId channel, TokenAmount amount) throws FailureException {
        return (ChannelStatus) next("topUp", List.of(channel, amount));
    }

    @Override
    public ChannelClosing close(ChannelId channel) throws FailureException {
        return (ChannelClosing) next("close", channel);
    }

    @Override
    public Spending spending() throws FailureException {
        return (Spending) next("spending", "");
    }

    @Override
    public Spending cap(SpendingCaps caps) throws FailureException {
        return (Spending) next("cap", caps);
    }

    @Override
    public PaymentStatus payFrom(EvmAddress wallet) throws FailureException {
        return (PaymentStatus) next("payFrom", wallet);
    }

    @Override
    public Earnings earnings(int days) throws FailureException {
        return (Earnings) next("earnings", days);
    }

    @Override
    @SuppressWarnings("unchecked")
    public List<Settlement> settle() throws FailureException {
        return (List<Settlement>) next("settle", "");
    }

    @Override
    public SellingStatus selling() throws FailureException {
        return (SellingStatus) next("selling", "");
    }

    @Override
    public SellingStatus offer(ProviderOffer change) throws FailureException {
        return (SellingStatus) next("offer", change);
    }

    @Override
    public ScheduleStatus schedule() throws FailureException {
        return (ScheduleStatus) next("schedule", "");
    }

    @Override
    public ScheduleStatus reschedule(ScheduleChange change) throws FailureException {
        return (ScheduleStatus) next("reschedule", change);
    }

    @Override
    public IdentityStatus identity() throws FailureException {
        return (IdentityStatus) next("identity", "");
    }

    @Override
    public LogExcerpt logs(LogQuery query) throws FailureException {
        return (LogExcerpt) next("logs", query);
    }

    @Override
    public void close() {
        listeners.clear();
    }
}
