/** Tests of the devices and the packets they carry. */
@NullMarked
package org.flowshield.tun;

import org.jspecify.annotations.NullMarked;
