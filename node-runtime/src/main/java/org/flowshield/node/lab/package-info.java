/**
 * The lab: a small internet of network namespaces for the demo, integration tests and benchmarks.
 */
@NullMarked
package org.flowshield.node.lab;

import org.jspecify.annotations.NullMarked;
