package org.flowshield.node.demo;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flowshield.contracts.anvil.Anvil;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.channels.ChannelEvent;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.payment.Caps;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.contracts.web3j.Deployment;
import org.flowshield.contracts.web3j.DeploymentPlan;
import org.flowshield.libp2p.crypto.KeyFile;
import org.flowshield.libp2p.crypto.PrivateKey;
import org.flowshield.libp2p.peer.PeerId;
import tools.jackson.databind.json.JsonMapper;

/**
 * What people do with their wallets before and after the demo, on the lab's own chain: the
 * contracts are deployed, a provider stakes and registers, a client fills its purse. The wallets
 * are the development accounts whose keys everybody knows. Runs where the chain can be reached.
 *
 * <pre>
 * LabMoney deploy RPC NETWORK-FILE (MULTIADDR=NODE-KEY | -) PROVIDER-NODE-KEY...
 * LabMoney allow NETWORK-FILE SIGNER CLIENT-OPERATOR PROVIDER-OPERATOR
 * LabMoney tell NETWORK-FILE
 * </pre>
 */
public final class LabMoney {

    private static final int DEPLOYER = 0;
    private static final int CLIENT = 2;

    /** The first provider, and more of them. */
    private static final int[] PROVIDERS = {1, 3, 4};

    private static final int PROVIDER = PROVIDERS[0];

    static final int MORE_PROVIDERS = PROVIDERS.length - 1;

    /** In place of whom newcomers begin with. */
    static final String NOBODY = "-";

    static final ChainId CHAIN = new ChainId(31337);
    private static final String GAS = "ETH";

    private static final String MIN_STAKE = "100";
    private static final String PROVIDER_GETS = "150";
    private static final String CLIENT_GETS = "50";

    /** Enough for a stake, a purse, and to play with. */
    static final String GIFT = "250";

    private static final Wei GIFT_GAS = Wei.of(1_000_000_000_000_000_000L);
    private static final String PURSE = "20";
    private static final String CAP = "10";
    private static final Duration CAPS_LAST = Duration.ofDays(30);

    /** A tenth of a coin: some thousand claims. */
    private static final Wei OPERATOR_GAS = Wei.of(100_000_000_000_000_000L);

    /** A block comes with each transaction. */
    private static final Duration POLL = Duration.ofMillis(50);

    private static final long ROLE_PROVIDER = 1;

    /** Where the keys of providers begin among the arguments. */
    private static final int FIRST_KEY = 4;

    private final RpcChain chain;

    private LabMoney(RpcChain chain) {
        this.chain = chain;
    }

    /** The address of the wallet that the provider is paid at. */
    static EvmAddress providerWallet() {
        return providerWallet(0);
    }

    /** The same of any of them. */
    static EvmAddress providerWallet(int which) {
        return address(PROVIDERS[which]);
    }

    /** The address of the wallet whose purse pays. */
    static EvmAddress clientWallet() {
        return address(CLIENT);
    }

    /** An amount that is part of this program, or that it printed. */
    static TokenAmount amount(String decimal) {
        try {
            return TokenAmount.parse(decimal);
        } catch (MalformedAmountException e) {
            throw new IllegalArgumentException(decimal, e);
        }
    }

    private static EvmAddress address(int account) {
        try (SigningKey key = Anvil.account(account)) {
            return key.address();
        }
    }

    public static void main(String[] arguments) throws Exception {
        switch (arguments[0]) {
            case "deploy" -> deploy(arguments);
            case "allow" -> allow(arguments);
            case "earn" -> earn(arguments);
            case "give" -> give(arguments);
            case "tell" -> tell(arguments);
            default -> throw new IllegalArgumentException("deploy, allow, earn, give or tell");
        }
    }

    private static RpcChain chain(URI rpc) {
        return RpcChain.of(CHAIN, List.of(rpc), RpcLimits.DEFAULT);
    }

    private static Network network(String file) throws IOException, MalformedNetworkException {
        return NetworkFile.read(Path.of(file));
    }

    // ------------------------------------------------------------ deploy

    private static void deploy(String[] arguments) throws Exception {
        URI rpc = URI.create(arguments[1]);
        List<String> begin = begin(arguments[3]);
        try (RpcChain chain = chain(rpc)) {
            LabMoney money = new LabMoney(chain);
            Network network = money.deploy(rpc, begin);
            for (int i = FIRST_KEY; i < arguments.length; i++) {
                money.enterTheMarket(network, PROVIDERS[i - FIRST_KEY], Path.of(arguments[i]));
            }
            NetworkFile.write(network, Path.of(arguments[2]));
        }
    }

    /** Whom newcomers begin with; its node key is made. */
    private static List<String> begin(String said) throws IOException {
        if (said.equals(NOBODY)) {
            return List.of();
        }
        String[] parts = said.split("=", 2);
        try (PrivateKey key = nodeKey(Path.of(parts[1]))) {
            return List.of(parts[0] + "/p2p/" + PeerId.of(key.publicKey()));
        }
    }

    private static PrivateKey nodeKey(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        return KeyFile.loadOrCreate(file, new SecureRandom());
    }

    private Network deploy(URI rpc, List<String> begin)
            throws RpcException, RejectedException, InterruptedException {
        try (SigningKey deployer = Anvil.account(DEPLOYER)) {
            Deployment.Made made =
                    new Deployment(chain, sender(deployer))
                            .deploy(
                                    new DeploymentPlan(
                                            deployer.address(),
                                            deployer.address(),
                                            Duration.ofDays(2),
                                            amount(MIN_STAKE)));
            Network network =
                    new Network(
                            "lab",
                            CHAIN,
                            List.of(rpc),
                            GAS,
                            1,
                            made.firstBlock(),
                            made.contracts(),
                            begin,
                            null);
            Contracts contracts = Contracts.on(chain, network.contracts());
            execute(
                    sender(deployer),
                    contracts.token().transfer(address(CLIENT), amount(CLIENT_GETS)));
            return network;
        }
    }

    /** What somebody does who wants to be a provider, with money from the bank. */
    private void enterTheMarket(Network network, int account, Path nodeKey)
            throws IOException, RpcException, RejectedException, InterruptedException {
        Contracts contracts = Contracts.on(chain, network.contracts());
        TokenAmount stake = amount(MIN_STAKE);
        try (SigningKey bank = Anvil.account(DEPLOYER);
                SigningKey owner = Anvil.account(account);
                PrivateKey node = nodeKey(nodeKey)) {
            Sender wallet = sender(owner);
            Bytes32 key = new Bytes32(node.publicKey().data());
            byte[] proof =
                    node.sign(contracts.identities().challenge(wallet.address(), key).bytes());
            execute(
                    sender(bank),
                    contracts.token().transfer(owner.address(), amount(PROVIDER_GETS)));
            execute(wallet, contracts.token().approve(contracts.vault().address(), stake));
            execute(wallet, contracts.vault().stake(StakeKind.PROVIDER, stake));
            execute(wallet, contracts.identities().bind(key, proof, ROLE_PROVIDER));
            execute(wallet, contracts.providers().register(key, Bytes32.ZERO, ""));
        }
    }

    // ------------------------------------------------------------ allow

    /** The client's wallet lets its node's signer pay; the provider's lets its operator settle. */
    private static void allow(String[] arguments) throws Exception {
        Network network = network(arguments[1]);
        EvmAddress signer = EvmAddress.parse(arguments[2]);
        EvmAddress clientOperator = EvmAddress.parse(arguments[3]);
        EvmAddress providerOperator = EvmAddress.parse(arguments[4]);
        try (RpcChain chain = chain(network.rpcs().getFirst());
                SigningKey client = Anvil.account(CLIENT)) {
            LabMoney money = new LabMoney(chain);
            Contracts contracts = Contracts.on(chain, network.contracts());
            Sender payer = money.sender(client);
            TokenAmount purse = amount(PURSE);
            money.execute(
                    payer,
                    contracts.token().approve(contracts.channels().domain().contract(), purse));
            money.execute(payer, contracts.channels().calls().deposit(client.address(), purse));
            TokenAmount cap = amount(CAP);
            money.execute(
                    payer,
                    contracts
                            .channels()
                            .calls()
                            .authorise(signer, new Caps(cap, cap, Instant.now().plus(CAPS_LAST))));
            money.execute(payer, Call.pay(clientOperator, OPERATOR_GAS, "gas for the operator"));
            money.earn(contracts, providerOperator);
        }
    }

    /** The provider's wallet lets its operator settle. */
    private static void earn(String[] arguments) throws Exception {
        Network network = network(arguments[1]);
        try (RpcChain chain = chain(network.rpcs().getFirst())) {
            Contracts contracts = Contracts.on(chain, network.contracts());
            new LabMoney(chain).earn(contracts, EvmAddress.parse(arguments[2]));
        }
    }

    private void earn(Contracts contracts, EvmAddress operator)
            throws RpcException, RejectedException, InterruptedException {
        try (SigningKey provider = Anvil.account(PROVIDER)) {
            Sender payee = sender(provider);
            execute(payee, contracts.channels().calls().setOperator(operator, true));
            execute(payee, Call.pay(operator, OPERATOR_GAS, "gas for the operator"));
        }
    }

    /** Somebody gets money from the bank. */
    private static void give(String[] arguments) throws Exception {
        Network network = network(arguments[1]);
        EvmAddress to = EvmAddress.parse(arguments[2]);
        try (RpcChain chain = chain(network.rpcs().getFirst());
                SigningKey bank = Anvil.account(DEPLOYER)) {
            LabMoney money = new LabMoney(chain);
            Contracts contracts = Contracts.on(chain, network.contracts());
            Sender sender = money.sender(bank);
            money.execute(sender, contracts.token().transfer(to, amount(GIFT)));
            money.execute(sender, Call.pay(to, GIFT_GAS, "gas"));
        }
    }

    // ------------------------------------------------------------ tell

    /** Prints what the chain says of the money, as JSON. */
    private static void tell(String[] arguments) throws Exception {
        Network network = network(arguments[1]);
        try (RpcChain chain = chain(network.rpcs().getFirst())) {
            Contracts contracts = Contracts.on(chain, network.contracts());
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("purse", contracts.channels().purseOf(clientWallet()).decimal());
            told.put("provider", contracts.token().balance(providerWallet()).decimal());
            TokenAmount opened = TokenAmount.ZERO;
            TokenAmount claimed = TokenAmount.ZERO;
            TokenAmount refunded = TokenAmount.ZERO;
            List<String> transactions = new ArrayList<>();
            long head = chain.head().number();
            for (ChannelEvent event : contracts.channels().events(network.firstBlock(), head)) {
                switch (event) {
                    case ChannelEvent.Opened e -> opened = opened.plus(e.amount());
                    case ChannelEvent.ToppedUp e -> opened = opened.plus(e.amount());
                    case ChannelEvent.Claimed e -> {
                        claimed = claimed.plus(e.amount());
                        transactions.add(e.log().transaction().toString());
                    }
                    case ChannelEvent.Closed e -> refunded = refunded.plus(e.refunded());
                    default -> {}
                }
            }
            told.put("deposited", opened.decimal());
            told.put("claimed", claimed.decimal());
            told.put("refunded", refunded.decimal());
            told.put("settlements", transactions);
            System.out.println(JsonMapper.shared().writeValueAsString(told));
        }
    }

    // ------------------------------------------------------------ sending

    private Sender sender(SigningKey key) {
        return new Sender(
                chain,
                TransactionSigner.of(key),
                SenderSettings.of(1, GAS).withPoll(POLL),
                Time.SYSTEM);
    }

    private void execute(Sender sender, Call call)
            throws RpcException, RejectedException, InterruptedException {
        Outcome outcome = sender.execute(call, Progress.SILENT);
        if (!(outcome instanceof Outcome.Confirmed)) {
            throw new IllegalStateException("not done: " + call.purpose() + ": " + outcome);
        }
    }
}
