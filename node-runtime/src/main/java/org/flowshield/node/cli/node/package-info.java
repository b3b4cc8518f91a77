/** {@code flowshield node}: one provider or client in the foreground, without a daemon. */
@NullMarked
package org.flowshield.node.cli.node;

import org.jspecify.annotations.NullMarked;
