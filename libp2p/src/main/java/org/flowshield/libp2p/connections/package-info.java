/**
 * Which of a host's connections are worth keeping: when there are more than is good, those that
 * nobody needs are closed.
 */
@NullMarked
package org.flowshield.libp2p.connections;

import org.jspecify.annotations.NullMarked;
