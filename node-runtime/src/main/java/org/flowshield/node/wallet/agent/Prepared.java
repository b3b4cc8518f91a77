package org.flowshield.node.wallet.agent;

import org.flowshield.node.wallet.signing.Summary;

/**
 * What a signature would do, in the words of the process that holds the key, and the ticket that
 * has it made. Immutable.
 */
public record Prepared(String ticket, Summary summary) {}
