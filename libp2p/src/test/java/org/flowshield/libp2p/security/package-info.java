/** What holds for every security protocol, and the connections to try it on. */
@NullMarked
package org.flowshield.libp2p.security;

import org.jspecify.annotations.NullMarked;
