package org.flowshield.contracts.web3j;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import org.flowshield.contracts.chain.Call;
import org.flowshield.contracts.chain.Chain;
import org.flowshield.contracts.chain.Receipt;
import org.flowshield.contracts.chain.RejectedException;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.Keccak256;
import org.flowshield.contracts.evm.Words;
import org.flowshield.contracts.generated.AccessManager;
import org.flowshield.contracts.generated.FlowToken;
import org.flowshield.contracts.generated.IdentityRegistry;
import org.flowshield.contracts.generated.PayeeGate;
import org.flowshield.contracts.generated.PaymentChannels;
import org.flowshield.contracts.generated.ProviderRegistry;
import org.flowshield.contracts.generated.StakeVault;
import org.flowshield.contracts.generated.TimelockController;
import org.flowshield.contracts.network.ContractAddresses;
import org.flowshield.contracts.sending.Outcome;
import org.flowshield.contracts.sending.Progress;
import org.flowshield.contracts.sending.Sender;
import org.web3j.protocol.core.RemoteFunctionCall;

/**
 * Makes all contracts on a chain, in the order of {@code contracts/script/Deployment.sol}, and
 * gives the power over them to the timelock. Used once, by one thread; it waits for each step, and
 * what has been made when a step fails stays on the chain without use.
 */
public final class Deployment {

    /** Who has it may change all that can change (OpenZeppelin's AccessManager). */
    private static final BigInteger ADMIN_ROLE = BigInteger.ZERO;

    /** As in {@code contracts/src/governance/Roles.sol}. */
    private static final BigInteger SLASHER_ROLE = BigInteger.ONE;

    private static final BigInteger JAILER_ROLE = BigInteger.TWO;

    private static final int SELECTOR_LENGTH = 4;

    private final Chain chain;
    private final Sender sender;
    private long firstBlock = Long.MAX_VALUE;

    public Deployment(Chain chain, Sender sender) {
        this.chain = chain;
        this.sender = sender;
    }

    /** The contracts, and the block in which the first was made. */
    public record Made(ContractAddresses contracts, long firstBlock) {}

    public Made deploy(DeploymentPlan plan)
            throws RpcException, RejectedException, InterruptedException {
        EvmAddress token =
                create("FlowToken", FlowToken.BINARY, new Words(1).put(plan.holder()).bytes());
        EvmAddress timelock =
                create("TimelockController", TimelockController.BINARY, timelock(plan));
        EvmAddress access =
                create(
                        "AccessManager",
                        AccessManager.BINARY,
                        new Words(1).put(sender.address()).bytes());
        EvmAddress vault =
                create(
                        "StakeVault",
                        StakeVault.BINARY,
                        new Words(3).put(token).put(timelock).put(access).bytes());
        EvmAddress identities =
                create(
                        "IdentityRegistry",
                        IdentityRegistry.BINARY,
                        new Words(1).put(token).bytes());
        EvmAddress providers =
                create(
                        "ProviderRegistry",
                        ProviderRegistry.BINARY,
                        new Words(5)
                                .put(token)
                                .put(vault)
                                .put(identities)
                                .put(plan.minStake())
                                .put(access)
                                .bytes());
        EvmAddress gate =
                create(
                        "PayeeGate",
                        PayeeGate.BINARY,
                        new Words(2).put(providers).put(access).bytes());
        EvmAddress channels =
                create(
                        "PaymentChannels",
                        PaymentChannels.BINARY,
                        new Words(2).put(token).put(gate).bytes());
        handOver(access, vault, providers, timelock);
        return new Made(
                new ContractAddresses(
                        token, channels, gate, providers, identities, vault, access, timelock),
                firstBlock);
    }

    /** A delay, who proposes, who executes (anybody: address 0), and no admin. */
    private static byte[] timelock(DeploymentPlan plan) {
        long proposersAt = 4 * 32;
        long executorsAt = 6 * 32;
        return new Words(8)
                .put(plan.timelockDelay().toSeconds())
                .put(proposersAt)
                .put(executorsAt)
                .put(EvmAddress.ZERO)
                .put(1L)
                .put(plan.proposer())
                .put(1L)
                .put(EvmAddress.ZERO)
                .bytes();
    }

    private void handOver(
            EvmAddress access, EvmAddress vault, EvmAddress providers, EvmAddress timelock)
            throws RpcException, RejectedException, InterruptedException {
        Wrapped<AccessManager> manager = new Wrapped<>(chain, access, AccessManager::load);
        List<byte[]> slash = List.of(selector("slash(address,uint8,uint96,bytes32,address)"));
        List<byte[]> jail = List.of(selector("jail(address,uint48,bytes32)"));
        List<byte[]> unjail = List.of(selector("unjail(address)"));
        String registry = providers.toString();
        ask(manager, m -> m.setTargetFunctionRole(vault.toString(), slash, SLASHER_ROLE));
        ask(manager, m -> m.setTargetFunctionRole(registry, jail, JAILER_ROLE));
        ask(manager, m -> m.setTargetFunctionRole(registry, unjail, JAILER_ROLE));
        ask(manager, m -> m.labelRole(SLASHER_ROLE, "SLASHER"));
        ask(manager, m -> m.labelRole(JAILER_ROLE, "JAILER"));
        ask(manager, m -> m.grantRole(ADMIN_ROLE, timelock.toString(), BigInteger.ZERO));
        ask(manager, m -> m.renounceRole(ADMIN_ROLE, sender.address().toString()));
    }

    private void ask(
            Wrapped<AccessManager> manager, Function<AccessManager, RemoteFunctionCall<?>> function)
            throws RpcException, RejectedException, InterruptedException {
        execute(manager.call("gives the power over the contracts away", function));
    }

    private static byte[] selector(String signature) {
        return Arrays.copyOf(Keccak256.hash(signature).bytes(), SELECTOR_LENGTH);
    }

    private EvmAddress create(String name, String binary, byte[] arguments)
            throws RpcException, RejectedException, InterruptedException {
        byte[] code = HexFormat.of().parseHex(binary);
        byte[] all = Arrays.copyOf(code, code.length + arguments.length);
        System.arraycopy(arguments, 0, all, code.length, arguments.length);
        Receipt receipt = execute(Call.create(all, "makes the contract " + name));
        firstBlock = Math.min(firstBlock, receipt.block());
        return receipt.contract()
                .orElseThrow(
                        () ->
                                new RpcException(
                                        RpcException.Kind.LYING,
                                        "the RPC says that " + name + " was made, and not where"));
    }

    private Receipt execute(Call call)
            throws RpcException, RejectedException, InterruptedException {
        Outcome outcome = sender.execute(call, Progress.SILENT);
        return switch (outcome) {
            case Outcome.Confirmed confirmed -> confirmed.receipt();
            case Outcome.Reverted reverted -> throw new RejectedException(reverted.why());
            case Outcome.Replaced _ ->
                    throw new RpcException(
                            RpcException.Kind.UNREACHABLE,
                            "another program sent a transaction of the deploying wallet in"
                                    + " between: deploy again, with nothing else using the wallet");
            case Outcome.Unknown unknown ->
                    throw new RpcException(RpcException.Kind.TIMEOUT, unknown.message());
        };
    }
}
