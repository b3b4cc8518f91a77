/** How much peers can make a host hold and do: named limits, and who has taken what of them. */
@NullMarked
package org.flowshield.libp2p.resource;

import org.jspecify.annotations.NullMarked;
