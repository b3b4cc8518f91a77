/** What makes a raw connection a secret and authenticated one. */
@NullMarked
package org.flowshield.libp2p.security;

import org.jspecify.annotations.NullMarked;
