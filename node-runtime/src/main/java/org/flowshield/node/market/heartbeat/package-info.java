/** Signs of life of providers, and what follows from the last one. What is signed was verified. */
@NullMarked
package org.flowshield.node.market.heartbeat;

import org.jspecify.annotations.NullMarked;
