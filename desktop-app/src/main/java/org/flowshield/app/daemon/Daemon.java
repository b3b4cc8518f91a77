package org.flowshield.app.daemon;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.payment.ChannelId;
import org.flowshield.node.api.ClientSettings;
import org.flowshield.node.api.ClientSettingsChange;
import org.flowshield.node.api.ClientStatus;
import org.flowshield.node.api.ConnectRequest;
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
 * The daemon, which may be away and come back. Safe for use by any thread. All but {@link #state}
 * and {@link #watch} wait for an answer, and are for {@link org.flowshield.app.threads.Work}.
 */
public interface Daemon extends AutoCloseable {

    /** How long a new attempt waits at the most while nobody answers. */
    Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** What is known now. */
    DaemonState state();

    /**
     * Tells what is known now, and then each change: counters once a second, all else at once. The
     * listener is called by one thread and must not wait.
     */
    Watch watch(Consumer<DaemonState> listener);

    /** Looks for it at once instead of after a pause. */
    void retryNow();

    ClientStatus connect(ConnectRequest request) throws FailureException, InterruptedException;

    ClientStatus disconnect() throws FailureException, InterruptedException;

    RoleStatus enable(RoleName role) throws FailureException, InterruptedException;

    RoleStatus disable(RoleName role) throws FailureException, InterruptedException;

    /** What was chosen for the client's connections. */
    ClientSettings clientSettings() throws FailureException, InterruptedException;

    /** Changes that; what is null stays. */
    ClientSettings change(ClientSettingsChange change)
            throws FailureException, InterruptedException;

    /** By which ways it gets to its chain and to its peers. */
    NetworkSettings networkSettings() throws FailureException, InterruptedException;

    /** Changes that; what is null stays. */
    NetworkSettings change(NetworkChange change) throws FailureException, InterruptedException;

    FoundProviders find(ProviderQuery query) throws FailureException, InterruptedException;

    Quote quote(String provider) throws FailureException, InterruptedException;

    List<ChannelStatus> channels() throws FailureException, InterruptedException;

    ChannelStatus open(ChannelOpening opening) throws FailureException, InterruptedException;

    ChannelStatus topUp(ChannelId channel, TokenAmount amount)
            throws FailureException, InterruptedException;

    ChannelClosing close(ChannelId channel) throws FailureException, InterruptedException;

    Spending spending() throws FailureException, InterruptedException;

    Spending cap(SpendingCaps caps) throws FailureException, InterruptedException;

    /** Pays from that wallet's purse from the next session on. */
    PaymentStatus payFrom(EvmAddress wallet) throws FailureException, InterruptedException;

    Earnings earnings(int days) throws FailureException, InterruptedException;

    List<Settlement> settle() throws FailureException, InterruptedException;

    SellingStatus selling() throws FailureException, InterruptedException;

    SellingStatus offer(ProviderOffer change) throws FailureException, InterruptedException;

    /** In which hours it sells. */
    ScheduleStatus schedule() throws FailureException, InterruptedException;

    ScheduleStatus reschedule(ScheduleChange change) throws FailureException, InterruptedException;

    IdentityStatus identity() throws FailureException, InterruptedException;

    /** What it has written to its log. */
    LogExcerpt logs(LogQuery query) throws FailureException, InterruptedException;

    /** Ends all watches and forgets the daemon, which goes on. */
    @Override
    void close();

    /** Ends a {@link #watch}. */
    @FunctionalInterface
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
