/** The verbs that steer a running daemon over its local API; they need no right of their own. */
@NullMarked
package org.flowshield.node.cli.remote;

import org.jspecify.annotations.NullMarked;
