package org.flowshield.app.testkit;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.flowshield.contracts.evm.Bytes32;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.evm.TransactionHash;
import org.flowshield.contracts.evm.Wei;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.network.Network;
import org.flowshield.node.desk.money.Balances;
import org.flowshield.node.desk.transaction.GasFee;
import org.flowshield.node.desk.transaction.Proposal;
import org.flowshield.node.desk.wallet.NewWords;
import org.flowshield.node.desk.wallet.WalletState;
import org.flowshield.node.wallet.Account;
import org.flowshield.node.wallet.history.Coin;
import org.flowshield.node.wallet.history.Fate;
import org.flowshield.node.wallet.history.HistoryEntry;

/** Wallets, networks and transactions of tests: the same ones each time, and nobody's. */
public final class Wallets {

    public static final Path FOLDER = Path.of("/home/somebody/.local/share/flowshield/wallet");
    public static final EvmAddress OWN = address("f39fd6e51aad88f6f4ce6ab8827279cfffb92266");
    public static final EvmAddress OTHER = address("70997970c51812dc3a010c7d01b50e0d17dc79c8");
    public static final EvmAddress TOKEN = address("5fbdb2315678afecb367f032d93f642f64180aa3");
    public static final EvmAddress CHANNELS = address("e7f1725e7734ce288f8367e1bb143e90bb3f0512");
    public static final Account ACCOUNT = new Account(0, OWN, 0, "0.json");
    public static final TransactionHash HASH =
            new TransactionHash(new Bytes32(HexFormat.of().parseHex("ab".repeat(32))));

    private Wallets() {}

    private static EvmAddress address(String digits) {
        return new EvmAddress(HexFormat.of().parseHex(digits));
    }

    /** A second account of the same words. */
    public static final Account SECOND = new Account(1, OTHER, 1, "1.json");

    /** One with two accounts. */
    public static WalletState.Locked twoAccounts() {
        return new WalletState.Locked(FOLDER, List.of(ACCOUNT, SECOND), true);
    }

    public static WalletState.Locked locked() {
        return new WalletState.Locked(FOLDER, List.of(ACCOUNT), true);
    }

    public static WalletState.Unlocked unlocked() {
        return new WalletState.Unlocked(
                FOLDER, List.of(ACCOUNT), true, Contexts.NOW.plus(Duration.ofMinutes(15)));
    }

    public static Network network() {
        return new Network(
                "test",
                new ChainId(31_337),
                List.of(URI.create("http://127.0.0.1:1")),
                "ETH",
                2,
                0,
                new ContractAddresses(
                        TOKEN, CHANNELS, CHANNELS, CHANNELS, CHANNELS, CHANNELS, CHANNELS,
                        CHANNELS),
                List.of(),
                null);
    }

    public static Balances balances() {
        return new Balances(OWN, flow("1250.5"), gas("0.25"), "ETH", flow("40"));
    }

    public static TokenAmount flow(String decimal) {
        try {
            return TokenAmount.parse(decimal);
        } catch (org.flowshield.contracts.evm.MalformedAmountException e) {
            throw new AssertionError(decimal, e);
        }
    }

    public static Wei gas(String decimal) {
        try {
            return Wei.parse(decimal);
        } catch (org.flowshield.contracts.evm.MalformedAmountException e) {
            throw new AssertionError(decimal, e);
        }
    }

    public static GasFee fee() {
        return new GasFee(
                gas("0.000126"), 63_000, Wei.of(2_000_000_000L), Wei.of(1_000_000_000L), "ETH");
    }

    /** What the wallet's process says of sending 1.5 FLOW. */
    public static Proposal proposal() {
        return new Proposal(
                Proposal.Kind.TRANSACTION,
                "send tokens",
                List.of(
                        new Proposal.Line("amount", "1.5 of the token", ""),
                        new Proposal.Line("to", OTHER.toString(), ""),
                        new Proposal.Line("contract", TOKEN.toString(), "the token FLOW"),
                        new Proposal.Line("chain", "31337", "test"),
                        new Proposal.Line("from", OWN.toString(), "you"),
                        new Proposal.Line("fee", "at most 0.000126 ETH", ""),
                        new Proposal.Line("number", "7", "")),
                OWN,
                fee());
    }

    public static HistoryEntry entry(boolean incoming, String flow, Fate.State state) {
        return new HistoryEntry(
                incoming ? null : Contexts.NOW.minus(Duration.ofHours(3)),
                incoming,
                "send",
                OTHER,
                flow(flow).units(),
                Coin.FLOW,
                HASH,
                new Fate(
                        state,
                        state == Fate.State.WAITING ? null : 1_204_113L,
                        state == Fate.State.WAITING ? null : gas("0.0001")));
    }

    /** Always the same twelve words, asked for in the same order. */
    public static NewWords words() {
        return NewWords.generate(12, new SteadyRandom());
    }

    private static final class SteadyRandom extends SecureRandom {

        /** By Knuth's linear congruential generator. */
        private long state = 7;

        @Override
        public void nextBytes(byte[] bytes) {
            for (int i = 0; i < bytes.length; i++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                bytes[i] = (byte) (state >>> 56);
            }
        }
    }
}
