/** The self-describing encodings that libp2p builds on: uvarint, multibase, multihash. */
@NullMarked
package org.flowshield.libp2p.multiformats;

import org.jspecify.annotations.NullMarked;
