package org.flowshield.node.cli.serve;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.flowshield.contracts.chain.RpcException;
import org.flowshield.contracts.evm.EvmAddress;
import org.flowshield.contracts.network.MalformedNetworkException;
import org.flowshield.contracts.network.Network;
import org.flowshield.contracts.network.NetworkFile;
import org.flowshield.contracts.rpc.RpcChain;
import org.flowshield.contracts.rpc.RpcLimits;
import org.flowshield.contracts.web3j.Contracts;
import org.flowshield.node.config.Config;
import org.flowshield.node.controlplane.ControlSockets;
import org.flowshield.node.controlplane.Names;
import org.flowshield.node.controlplane.RpcSockets;
import org.flowshield.node.daemon.DataDirectory;
import org.flowshield.node.identity.NodeKey;
import org.flowshield.node.identity.OwnIdentity;
import org.flowshield.node.identity.OwnKeys;
import org.flowshield.node.network.KeptNetwork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finishes a change of the node's key that was cut short after the wallet had done its part: before
 * the key is loaded, and only if the chain says so.
 */
final class KeyChange {

    private static final Logger LOG = LoggerFactory.getLogger(KeyChange.class);

    private KeyChange() {}

    static void finish(
            Config config,
            DataDirectory data,
            KeptNetwork kept,
            OwnKeys keys,
            ControlSockets control)
            throws IOException {
        Optional<NodeKey> next = keys.nextKey();
        Optional<EvmAddress> wallet =
                config.identityWallet().isPresent() ? config.identityWallet() : keys.chosenWallet();
        Optional<Path> file = Money.networkFile(config, data).filter(Files::exists);
        if (next.isEmpty() || wallet.isEmpty() || file.isEmpty()) {
            return;
        }
        if (isBound(next.get(), wallet.get(), file.get(), kept, control)) {
            keys.replace();
            LOG.info("the node's key was changed: it is {} from now on", next.get());
        }
    }

    private static boolean isBound(
            NodeKey next, EvmAddress wallet, Path file, KeptNetwork kept, ControlSockets control)
            throws IOException {
        try {
            Network network = kept.over(NetworkFile.read(file));
            try (RpcChain chain =
                    RpcChain.of(
                            network.chain(),
                            network.rpcs(),
                            RpcLimits.DEFAULT,
                            new RpcSockets(
                                    control, new Names(control, InetAddress::getAllByName)))) {
                return OwnIdentity.isBound(
                        next, wallet, Contracts.on(chain, network.contracts()).identities());
            }
        } catch (RpcException e) {
            LOG.warn(
                    "a new key waits to be the node's, and the chain does not say whether it is"
                            + " bound: {}. The old one is kept until the next start",
                    e.getMessage());
            return false;
        } catch (MalformedNetworkException e) {
            LOG.debug("what is wrong with the network file is told where payment begins", e);
            return false;
        }
    }
}
