/** What the tests of several packages share. */
@NullMarked
package org.flowshield.libp2p;

import org.jspecify.annotations.NullMarked;
