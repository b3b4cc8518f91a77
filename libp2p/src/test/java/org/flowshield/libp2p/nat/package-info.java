@NullMarked
package org.flowshield.libp2p.nat;

import org.jspecify.annotations.NullMarked;
