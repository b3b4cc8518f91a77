/** Host keys and their signatures. */
@NullMarked
package org.flowshield.libp2p.crypto;

import org.jspecify.annotations.NullMarked;
