package org.flowshield.node.config;

/** How a daemon learns which wallet a node belongs to. */
public enum RegistryBy {
    /** By proofs where the network file names enough RPCs, and the chain is real. */
    AUTO,
    /** By the RPC that is asked for everything else. */
    RPC,
    /** By proofs that nobody has to be believed for. */
    PROOFS
}
