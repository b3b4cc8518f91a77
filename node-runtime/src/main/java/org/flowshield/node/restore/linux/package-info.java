/** How a Linux machine's network is asked and changed. */
@NullMarked
package org.flowshield.node.restore.linux;

import org.jspecify.annotations.NullMarked;
