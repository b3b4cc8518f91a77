/** Client routes by Linux's policy routing. */
@NullMarked
package org.flowshield.node.routing.linux;

import org.jspecify.annotations.NullMarked;
