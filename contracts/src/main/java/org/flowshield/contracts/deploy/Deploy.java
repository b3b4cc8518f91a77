package org.flowshield.contracts.deploy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.evm.ChainId;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.MalformedAddressException;
import org.flowshield.contracts.evm.MalformedAmountException;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.sending.Sender;
import org.flowshield.contracts.sending.SenderSettings;
import org.flowshield.contracts.sending.Time;
import org.flowshield.contracts.sending.TransactionSigner;
import org.flowshield.contracts.signing.MalformedKeyException;
import org.flowshield.contracts.signing.SigningKey;
import org.flowshield.contracts.web3j.Deployment;
import org.flowshield.contracts.web3j.DeploymentPlan;

/**
 * {@code ./dev contracts deploy}: makes all contracts through any RPC and writes the network file.
 * What is on the chain already is left alone: a network file that is there is not written over.
 */
public final class Deploy {

    static final String USAGE =
            """
            Usage: ./dev contracts deploy --rpc URL --chain-id N --key-file FILE --network-file FILE [OPTIONS]

              --rpc URL             of the chain
              --chain-id N          the chain that it must be
              --key-file FILE       64 hexadecimal digits: the key of the wallet that pays for the gas
              --network-file FILE   to be written; must not be there yet
              --name NAME           of the network (flowshield)
              --holder ADDRESS      who gets all FLOW (the deploying wallet)
              --proposer ADDRESS    who proposes to the timelock (the deploying wallet)
              --timelock-hours N    how long proposals wait (48)
              --min-stake FLOW      what a provider must have staked (1000)
              --confirmations N     blocks until a transaction counts (3)
              --gas-symbol NAME     the coin for gas (ETH)
            """;

    private static final List<String> OPTIONS =
            List.of(
                    "--rpc",
                    "--chain-id",
                    "--key-file",
                    "--network-file",
                    "--name",
                    "--holder",
                    "--proposer",
                    "--timelock-hours",
                    "--min-stake",
                    "--confirmations",
                    "--gas-symbol");

    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;

    /** A file with a key has no more. */
    private static final int MAX_KEY_FILE = 256;

    private final Map<String, String> options;

    private Deploy(Map<String, String> options) {
        this.options = options;
    }

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments));
    }

    /** The exit status: 0 done, 1 failed, 2 wrong use. */
    static int run(String[] arguments) throws InterruptedException {
        try {
            Network network = new Deploy(parse(arguments)).deploy();
            System.out.println(NetworkFile.format(network));
            return 0;
        } catch (IllegalArgumentException
                | MalformedAddressException
                | MalformedAmountException e) {
            System.err.println("deploy: " + e.getMessage());
            System.err.println(USAGE);
            return WRONG_USE;
        } catch (IOException | RejectedException | MalformedKeyException e) {
            System.err.println("deploy: " + e.getMessage());
            return FAILED;
        }
    }

    private static Map<String, String> parse(String[] arguments) {
        Map<String, String> options = new TreeMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!OPTIONS.contains(arguments[i])) {
                throw new IllegalArgumentException("unknown option " + arguments[i]);
            }
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            options.put(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private String needed(String option) {
        String value = options.get(option);
        if (value == null) {
            throw new IllegalArgumentException(option + " is missing");
        }
        return value;
    }

    private int number(String option, int otherwise) {
        try {
            return Integer.parseInt(options.getOrDefault(option, Integer.toString(otherwise)));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " takes a whole number", e);
        }
    }

    private Network deploy()
            throws IOException,
                    RejectedException,
                    MalformedKeyException,
                    MalformedAddressException,
                    MalformedAmountException,
                    InterruptedException {
        Path file = Path.of(needed("--network-file"));
        if (Files.exists(file)) {
            throw new IOException(
                    file
                            + " is there already and was left as it is. Nothing was deployed; move"
                            + " it away to deploy anew");
        }
        URI rpc = URI.create(needed("--rpc"));
        ChainId id;
        try {
            id = new ChainId(Long.parseLong(needed("--chain-id")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--chain-id takes a whole number", e);
        }
        try (SigningKey key = key(Path.of(needed("--key-file")));
                RpcChain chain = RpcChain.of(id, List.of(rpc), RpcLimits.DEFAULT)) {
            return deploy(key, chain, rpc, file);
        }
    }

    private Network deploy(SigningKey key, RpcChain chain, URI rpc, Path file)
            throws IOException,
                    RejectedException,
                    MalformedAddressException,
                    MalformedAmountException,
                    InterruptedException {
        String symbol = options.getOrDefault("--gas-symbol", "ETH");
        int confirmations = number("--confirmations", 3);
        DeploymentPlan plan =
                new DeploymentPlan(
                        address("--holder", key.address()),
                        address("--proposer", key.address()),
                        Duration.ofHours(number("--timelock-hours", 48)),
                        TokenAmount.parse(options.getOrDefault("--min-stake", "1000")));
        // One block is enough between the steps: each needs the one before it.
        Sender sender =
                new Sender(
                        chain,
                        TransactionSigner.of(key),
                        SenderSettings.of(1, symbol),
                        Time.SYSTEM);
        Deployment.Made made = new Deployment(chain, sender).deploy(plan);
        Network network =
                new Network(
                        options.getOrDefault("--name", "flowshield"),
                        chain.id(),
                        List.of(rpc),
                        symbol,
                        confirmations,
                        made.firstBlock(),
                        made.contracts(),
                        new ArrayList<>(),
                        null);
        NetworkFile.write(network, file);
        return network;
    }

    private EvmAddress address(String option, EvmAddress otherwise)
            throws MalformedAddressException {
        String text = options.get(option);
        return text == null ? otherwise : EvmAddress.parse(text);
    }

    private static SigningKey key(Path file) throws IOException, MalformedKeyException {
        byte[] text;
        try (var in = Files.newInputStream(file)) {
            text = in.readNBytes(MAX_KEY_FILE);
        }
        String digits = new String(text, StandardCharsets.US_ASCII).strip();
        byte[] secret;
        try {
            secret =
                    HexFormat.of().parseHex(digits.startsWith("0x") ? digits.substring(2) : digits);
        } catch (IllegalArgumentException _) { // its message would show the key
            throw new IOException(file + " holds no private key: 64 hexadecimal digits");
        }
        try {
            return SigningKey.of(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(text, (byte) 0);
        }
    }
}
