/** Where the program's log goes. */
@NullMarked
package org.flowshield.node.logging;

import org.jspecify.annotations.NullMarked;
