package org.flowshield.node.cli.serve;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.evm.TokenAmount;
import org.flowshield.contracts.staking.StakeKind;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.cli.Version;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.finder.Beginning;
import org.flowshield.node.finder.Finder;
import org.flowshield.node.finder.IdentityVetting;
import org.flowshield.node.finder.ProofFullnodes;
import org.flowshield.node.finder.backing.Backing;
import org.flowshield.node.finder.backing.ChainBacking;
import org.flowshield.node.identity.IdentityVerifier;
import org.flowshield.node.identity.Registry;
import org.flowshield.node.payment.session.Vetting;
import org.flowshield.node.routing.linux.SocketMarks;

/** How a client finds providers, and whom of them it pays. */
record Shop(Finder finder, Vetting vetting) {

    private static final String AGENT = "flowshield/" + Version.current();

    /**
     * Puts it together; nobody is asked yet.
     *
     * @param at the chain: its registry says whose nodes are, its RPC what wallets have staked
     * @param market where is looked
     */
    static Shop of(
            ChainAccess at,
            Finder.Settings market,
            ControlSockets control,
            Beginning beginning,
            SecureRandom random,
            Clock clock) {
        Registry registry = at.registry();
        Backing backing =
                new ChainBacking(registry, wallet -> stake(at.contracts(), wallet), clock);
        Finder finder =
                Finder.of(
                        market,
                        random,
                        () -> mark(control),
                        SocketMarks::ofThisProcess,
                        AGENT,
                        beginning,
                        backing,
                        clock);
        Vetting vetting =
                new IdentityVetting(
                        new IdentityVerifier(registry, at.network().chain(), clock),
                        backing,
                        finder::chosenFor);
        finder.vetBy(vetting);
        return new Shop(finder, vetting);
    }

    /** Who proves things to whoever looks in this market. */
    static ProofFullnodes proofs(
            Finder.Settings market,
            ControlSockets control,
            Beginning beginning,
            SecureRandom random,
            Clock clock) {
        return new ProofFullnodes(
                market, random, () -> mark(control), AGENT, beginning, clock, System::nanoTime);
    }

    private static int mark(ControlSockets control) {
        return control.mark() == 0 ? 0 : SocketMarks.ofThisProcess();
    }

    private static Optional<TokenAmount> stake(Contracts contracts, EvmAddress wallet)
            throws RpcException {
        return contracts.providers().isActive(wallet)
                ? Optional.of(contracts.vault().stake(wallet, StakeKind.PROVIDER).staked())
                : Optional.empty();
    }
}
