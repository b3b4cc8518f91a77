/** Tests of plans for a system's network. */
@NullMarked
package org.flowshield.tun.plan;

import org.jspecify.annotations.NullMarked;
