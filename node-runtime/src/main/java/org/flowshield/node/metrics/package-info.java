/** Counters of a node for Prometheus, where the operator opens a port for them. */
@NullMarked
package org.flowshield.node.metrics;

import org.jspecify.annotations.NullMarked;
