package org.flowshield.libp2p.resource;

import java.time.Duration;

/**
 * Somebody is shut out.
 *
 * @param left until it ends
 */
public record Ban(BanTarget target, Duration left) {}
