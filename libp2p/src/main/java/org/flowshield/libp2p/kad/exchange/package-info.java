/** Requests and answers: what a server says, and both sides of the protocol over streams. */
@NullMarked
package org.flowshield.libp2p.kad.exchange;

import org.jspecify.annotations.NullMarked;
