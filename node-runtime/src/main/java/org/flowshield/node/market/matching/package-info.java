/** Who fits what somebody looks for, and in which order. Pure, but for the port to who is asked. */
@NullMarked
package org.flowshield.node.market.matching;

import org.jspecify.annotations.NullMarked;
