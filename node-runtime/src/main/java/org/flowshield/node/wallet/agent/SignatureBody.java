package org.flowshield.node.wallet.agent;

/**
 * A signature as it is answered. Immutable.
 *
 * @param signature {@code 0x} and 130 hexadecimal digits
 */
record SignatureBody(String signature) {}
