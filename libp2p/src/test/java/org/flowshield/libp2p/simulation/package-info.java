/** What simulations of protocols share: production code, in virtual time. */
@NullMarked
package org.flowshield.libp2p.simulation;

import org.jspecify.annotations.NullMarked;
