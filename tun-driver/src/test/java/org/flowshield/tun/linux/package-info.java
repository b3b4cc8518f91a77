/** Tests of TUN devices on Linux. */
@NullMarked
package org.flowshield.tun.linux;

import org.jspecify.annotations.NullMarked;
