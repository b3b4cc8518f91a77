/** libp2p's identify: what each side of a connection says about itself and sees of the other. */
@NullMarked
package org.flowshield.libp2p.identify;

import org.jspecify.annotations.NullMarked;
