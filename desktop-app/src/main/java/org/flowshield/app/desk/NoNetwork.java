package org.flowshield.app.desk;

import java.util.List;
import java.util.Set;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.money.AddressCheck;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.money.MoneyDesk;
import org.flowshield.node.desk.money.Payment;
import org.flowshield.node.desk.money.Purse;
import org.flowshield.node.desk.share.ShareDesk;
import org.flowshield.node.desk.share.ShareLook;
import org.flowshield.node.desk.share.ShareOrder;
import org.flowshield.node.desk.share.ShareStanding;
import org.flowshield.node.desk.share.Shared;
import org.flowshield.node.desk.transaction.Conversation;
import org.flowshield.node.desk.transaction.Ending;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * Stands where the desks of a network would, while none is chosen or its file can't be read: says
 * so to every question. Immutable.
 */
public final class NoNetwork {

    private final Problem why;

    public NoNetwork(Problem why) {
        this.why = why;
    }

    public MoneyDesk money() {
        return new NoMoney();
    }

    public ShareDesk share() {
        return new NoShare();
    }

    private DeskException refused() {
        return new DeskException(DeskException.Kind.INVALID, why);
    }

    final class NoMoney implements MoneyDesk {

        @Override
        public Network network() {
            throw new IllegalStateException("ask Desks.network() whether there is one");
        }

        @Override
        public Balances balances(EvmAddress account) throws DeskException {
            throw refused();
        }

        @Override
        public Purse purse(EvmAddress owner, @Nullable EvmAddress signer) throws DeskException {
            throw refused();
        }

        @Override
        public AddressCheck checkReceiver(String typed) {
            return AddressCheck.of(typed, Set.of());
        }

        @Override
        public GasFee fee(Payment payment) throws DeskException {
            throw refused();
        }

        @Override
        public Wei mostGas(EvmAddress from, EvmAddress to) throws DeskException {
            throw refused();
        }

        @Override
        public Ending send(Payment payment, Conversation conversation) throws DeskException {
            throw refused();
        }

        @Override
        public Ending deposit(EvmAddress owner, TokenAmount amount, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending withdraw(
                EvmAddress owner, EvmAddress to, TokenAmount amount, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending authorise(
                EvmAddress owner, EvmAddress signer, Caps caps, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending revoke(EvmAddress owner, EvmAddress signer, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending fund(
                EvmAddress owner,
                TokenAmount amount,
                EvmAddress signer,
                Caps caps,
                Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending operator(
                EvmAddress payee, EvmAddress operator, boolean allowed, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending speedUp(TransactionHash transaction, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending cancel(TransactionHash transaction, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public List<HistoryEntry> history(EvmAddress account, @Nullable Long sinceBlock)
                throws DeskException {
            throw refused();
        }
    }

    private final class NoShare implements ShareDesk {

        @Override
        public ShareDesk carriedBy(@Nullable String provider) {
            return this;
        }

        @Override
        public ShareLook look(EvmAddress wallet, @Nullable TokenAmount stake) throws DeskException {
            throw refused();
        }

        @Override
        public ShareStanding standing(EvmAddress wallet) throws DeskException {
            throw refused();
        }

        @Override
        public Shared on(ShareOrder order, Conversation conversation) throws DeskException {
            throw refused();
        }

        @Override
        public RoleStatus off() throws DeskException {
            throw refused();
        }

        @Override
        public Ending unstake(
                EvmAddress wallet, @Nullable TokenAmount amount, Conversation conversation)
                throws DeskException {
            throw refused();
        }

        @Override
        public Ending withdraw(EvmAddress wallet, Conversation conversation) throws DeskException {
            throw refused();
        }
    }
}
