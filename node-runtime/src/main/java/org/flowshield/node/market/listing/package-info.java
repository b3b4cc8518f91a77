/** What providers sign: their offer and where they are; which of it is passed on, and asked for. */
@NullMarked
package org.flowshield.node.market.listing;

import org.jspecify.annotations.NullMarked;
