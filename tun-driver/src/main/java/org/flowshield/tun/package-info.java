/** FlowShield tun. */
@NullMarked
package org.flowshield.tun;

import org.jspecify.annotations.NullMarked;
