/** Which of the client machine's packets go into the tunnel. */
@NullMarked
package org.flowshield.node.routing;

import org.jspecify.annotations.NullMarked;
