/** The verbs that run a daemon. */
@NullMarked
package org.flowshield.node.cli.serve;

import org.jspecify.annotations.NullMarked;
