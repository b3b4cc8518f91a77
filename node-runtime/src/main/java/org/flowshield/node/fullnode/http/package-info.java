/** The market for browsers and scripts: read-only, open only where the operator says so. */
@NullMarked
package org.flowshield.node.fullnode.http;

import org.jspecify.annotations.NullMarked;
