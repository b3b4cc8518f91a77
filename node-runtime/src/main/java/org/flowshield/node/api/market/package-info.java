/** What a node tells of the market: providers that somebody may connect to. Values and a port. */
@NullMarked
package org.flowshield.node.api.market;

import org.jspecify.annotations.NullMarked;
