package org.flowshield.app.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.flowshield.app.desk.Desks;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.node.api.Problem;
import org.flowshield.node.api.RoleStatus;
import org.flowshield.node.api.network.NetworkSettings;
import org.flowshield.node.desk.DeskException;
import org.flowshield.node.desk.identity.IdentityDesk;
import org.flowshield.node.desk.identity.NodeClaims;
import org.flowshield.node.desk.identity.OwnNode;
import org.flowshield.node.desk.identity.Registered;
import org.flowshield.node.desk.identity.Rotated;
import org.flowshield.node.desk.identity.Verification;
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
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.OpenedKeystore;
import org.flowshield.node.desk.wallet.SecretWords;
import org.flowshield.node.desk.wallet.Unlocking;
import org.flowshield.node.desk.wallet.WalletDesk;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.identity.NodeAttribute;
import org.flowshield.node.identity.Roles;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.history.HistoryEntry;
import org.flowshield.node.wallet.keystore.Password;
import org.jspecify.annotations.Nullable;

/**
 * Desks that say what a test wants, for faults that real ones can't be brought to. A question is
 * named by its method. Its answer is a value; a {@link DeskException}, which is thrown; or a {@link
 * Talk}, which holds the conversation. Those given in turn come first, then the usual one; a
 * question without either is a failed test.
 */
public final class FakeDesks {

    /** A question that was asked, and what came with it, passwords and words left out. */
    public record Asked(String what, Object with) {}

    /** What a desk does with the person before it answers. */
    @FunctionalInterface
    public interface Talk {
        Object with(Conversation conversation) throws DeskException, InterruptedException;
    }

    /** All below are protected by this object's lock. */
    private final Map<String, Deque<Object>> answers = new HashMap<>();

    private final Map<String, Object> usual = new HashMap<>();
    private final List<Asked> asked = new ArrayList<>();

    private final WalletDesk wallet = new FakeWallet();
    private final MoneyDesk money = new FakeMoney();
    private final IdentityDesk identity = new FakeIdentity();
    private final ShareDesk share = new FakeShare();

    /** As screens take them. */
    public Desks desks() {
        return new Desks(wallet, money, identity, share, this::told);
    }

    private synchronized void told(NetworkSettings ways) {
        asked.add(new Asked("rpcs", ways.rpcs()));
    }

    /** The next answer to a question. */
    public synchronized void answer(String question, Object answer) {
        answers.computeIfAbsent(question, _ -> new ArrayDeque<>()).add(answer);
    }

    /** The answer to a question as often as it is asked. */
    public synchronized void always(String question, Object answer) {
        usual.put(question, answer);
    }

    /** The next answer is a refusal. */
    public void refuse(String question, Problem problem) {
        answer(question, new DeskException(DeskException.Kind.REFUSED, problem));
    }

    /** All questions so far but those that look only ({@code state}). */
    public synchronized List<Asked> asked() {
        return List.copyOf(asked);
    }

    private synchronized Object next(String question, Object with) {
        if (!question.equals("state")) {
            asked.add(new Asked(question, with));
        }
        Deque<Object> waiting = answers.get(question);
        if (waiting != null && !waiting.isEmpty()) {
            return waiting.remove();
        }
        Object answer = usual.get(question);
        if (answer == null) {
            throw new AssertionError("nobody expected the question " + question + ": " + with);
        }
        return answer;
    }

    private Object said(String question, Object with) throws DeskException {
        Object answer = next(question, with);
        if (answer instanceof DeskException refused) {
            throw refused;
        }
        return answer;
    }

    private Object said(String question, Object with, Conversation conversation)
            throws DeskException, InterruptedException {
        Object answer = said(question, with);
        return answer instanceof Talk talk ? talk.with(conversation) : answer;
    }

    private final class FakeWallet implements WalletDesk {

        @Override
        public WalletState state() throws DeskException {
            return (WalletState) said("state", "");
        }

        @Override
        public Account account(int number) throws DeskException {
            return (Account) said("account", number);
        }

        @Override
        public boolean exists() {
            return !(usual.get("state") instanceof WalletState.None);
        }

        @Override
        public NewWords newWords(int count) throws DeskException {
            return (NewWords) said("newWords", count);
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Account> create(NewWords words, Password password) throws DeskException {
            return (List<Account>) said("create", words.areKept());
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Account> restore(char[] words, int accounts, Password password)
                throws DeskException {
            return (List<Account>) said("restore", accounts);
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<Account> accounts() throws DeskException {
            return (List<Account>) said("accounts", "");
        }

        @Override
        public void requireNone() throws DeskException {
            var _ = said("requireNone", "");
        }

        @Override
        public void requireRestorable(char[] words, int accounts) throws DeskException {
            var _ = said("requireRestorable", accounts);
        }

        @Override
        public Unlocking beginUnlock(Duration idle) throws DeskException {
            next("beginUnlock", idle);
            return new Unlocking() {
                @Override
                public WalletState.Unlocked unlock(Password password) throws DeskException {
                    return (WalletState.Unlocked) said("unlock", "");
                }

                @Override
                public void close() {
                    var _ = next("closeUnlocking", "");
                }
            };
        }

        @Override
        public boolean lock() throws DeskException {
            return (boolean) said("lock", "");
        }

        @Override
        public Account addAccount() throws DeskException {
            return (Account) said("addAccount", "");
        }

        @Override
        public boolean changePassword(Password old, Password changed) throws DeskException {
            return (boolean) said("changePassword", "");
        }

        @Override
        public void requireMemory() throws DeskException {
            if (next("requireMemory", "") instanceof DeskException refused) {
                throw refused;
            }
        }

        @Override
        public void requireKeystore(Path file) throws DeskException {
            if (next("requireKeystore", file) instanceof DeskException refused) {
                throw refused;
            }
        }

        @Override
        public void requirePassword(Password password) throws DeskException {
            var _ = said("requirePassword", "");
        }

        @Override
        public SecretWords reveal(Password password) throws DeskException {
            return (SecretWords) said("reveal", "");
        }

        @Override
        public void export(EvmAddress account, Password password, Password ofFile, Path file)
                throws DeskException {
            var _ = said("export", List.of(account, file));
        }

        @Override
        public OpenedKeystore openKeystore(Path file, Password ofFile) throws DeskException {
            return (OpenedKeystore) said("openKeystore", file);
        }

        @Override
        public Account importKey(OpenedKeystore key, Password password) throws DeskException {
            return (Account) said("importKey", key);
        }

        @Override
        public void changeKeystorePassword(Path file, Password old, Password changed)
                throws DeskException {
            var _ = said("changeKeystorePassword", file);
        }
    }

    private final class FakeMoney implements MoneyDesk {

        @Override
        public Network network() {
            return (Network) Objects.requireNonNull(usual.get("network"));
        }

        @Override
        public Balances balances(EvmAddress account) throws DeskException {
            return (Balances) said("balances", account);
        }

        @Override
        public Purse purse(EvmAddress owner, @Nullable EvmAddress signer) throws DeskException {
            return (Purse) said("purse", owner);
        }

        @Override
        public AddressCheck checkReceiver(String typed) {
            var contracts = network().contracts();
            return AddressCheck.of(typed, Set.of(contracts.token(), contracts.channels()));
        }

        @Override
        public GasFee fee(Payment payment) throws DeskException {
            return (GasFee) said("fee", payment);
        }

        @Override
        public Wei mostGas(EvmAddress from, EvmAddress to) throws DeskException {
            return (Wei) said("mostGas", List.of(from, to));
        }

        @Override
        public Ending send(Payment payment, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("send", payment, conversation);
        }

        @Override
        public Ending deposit(EvmAddress owner, TokenAmount amount, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("deposit", List.of(owner, amount), conversation);
        }

        @Override
        public Ending withdraw(
                EvmAddress owner, EvmAddress to, TokenAmount amount, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("withdraw", List.of(owner, to, amount), conversation);
        }

        @Override
        public Ending authorise(
                EvmAddress owner, EvmAddress signer, Caps caps, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("authorise", List.of(owner, signer, caps), conversation);
        }

        @Override
        public Ending revoke(EvmAddress owner, EvmAddress signer, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("revoke", List.of(owner, signer), conversation);
        }

        @Override
        public Ending fund(
                EvmAddress owner,
                TokenAmount amount,
                EvmAddress signer,
                Caps caps,
                Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("fund", List.of(owner, amount, signer, caps), conversation);
        }

        @Override
        public Ending operator(
                EvmAddress payee, EvmAddress operator, boolean allowed, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("operator", List.of(payee, operator, allowed), conversation);
        }

        @Override
        public Ending speedUp(TransactionHash transaction, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("speedUp", transaction, conversation);
        }

        @Override
        public Ending cancel(TransactionHash transaction, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("cancel", transaction, conversation);
        }

        @Override
        @SuppressWarnings("unchecked")
        public List<HistoryEntry> history(EvmAddress account, @Nullable Long sinceBlock)
                throws DeskException {
            return (List<HistoryEntry>) said("history", account);
        }
    }

    private final class FakeIdentity implements IdentityDesk {

        @Override
        public OwnNode own(boolean askChain) throws DeskException {
            return (OwnNode) said("own", askChain);
        }

        @Override
        public Registered register(EvmAddress wallet, Set<Roles> roles, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Registered) said("register", List.of(wallet, roles), conversation);
        }

        @Override
        public Rotated rotate(EvmAddress wallet, Set<Roles> roles, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Rotated) said("rotate", List.of(wallet, roles), conversation);
        }

        @Override
        public Registered revoke(
                EvmAddress wallet, @Nullable String node, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Registered)
                    said("revokeNode", List.of(wallet, node == null ? "" : node), conversation);
        }

        @Override
        public IdentityDesk carriedBy(@Nullable String provider) {
            return this;
        }

        @Override
        public NodeClaims claims(@Nullable String node) throws DeskException {
            return (NodeClaims) said("claims", node == null ? "" : node);
        }

        @Override
        public Ending claim(
                EvmAddress wallet,
                @Nullable String node,
                NodeAttribute attribute,
                Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending)
                    said(
                            "claim",
                            List.of(wallet, node == null ? "" : node, attribute),
                            conversation);
        }

        @Override
        public Ending takeBack(
                EvmAddress wallet, @Nullable String node, String name, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending)
                    said("takeBack", List.of(wallet, node == null ? "" : node, name), conversation);
        }

        @Override
        public Verification verify(String node, Roles role, Consumer<Verification.Check> progress)
                throws DeskException {
            Verification said = (Verification) said("verify", List.of(node, role));
            said.checks().forEach(progress);
            return said;
        }
    }

    private final class FakeShare implements ShareDesk {

        @Override
        public ShareDesk carriedBy(@Nullable String provider) {
            return this;
        }

        @Override
        public ShareLook look(EvmAddress wallet, @Nullable TokenAmount stake) throws DeskException {
            return (ShareLook)
                    said("look", stake == null ? List.of(wallet) : List.of(wallet, stake));
        }

        @Override
        public ShareStanding standing(EvmAddress wallet) throws DeskException {
            return (ShareStanding) said("standing", wallet);
        }

        @Override
        public Shared on(ShareOrder order, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Shared) said("on", order, conversation);
        }

        @Override
        public RoleStatus off() throws DeskException {
            return (RoleStatus) said("off", "");
        }

        @Override
        public Ending unstake(
                EvmAddress wallet, @Nullable TokenAmount amount, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending)
                    said(
                            "unstake",
                            amount == null ? List.of(wallet) : List.of(wallet, amount),
                            conversation);
        }

        @Override
        public Ending withdraw(EvmAddress wallet, Conversation conversation)
                throws DeskException, InterruptedException {
            return (Ending) said("withdrawStake", wallet, conversation);
        }
    }
}
