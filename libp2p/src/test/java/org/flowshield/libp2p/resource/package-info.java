/** Tests of the limits. */
@NullMarked
package org.flowshield.libp2p.resource;

import org.jspecify.annotations.NullMarked;
