/** {@code flowshield share}: selling this machine's bandwidth, from the stake to the role. */
@NullMarked
package org.flowshield.node.cli.share;

import org.jspecify.annotations.NullMarked;
