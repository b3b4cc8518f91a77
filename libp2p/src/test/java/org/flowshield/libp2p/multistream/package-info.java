@NullMarked
package org.flowshield.libp2p.multistream;

import org.jspecify.annotations.NullMarked;
