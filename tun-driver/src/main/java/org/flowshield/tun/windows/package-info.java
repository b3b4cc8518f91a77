/** TUN devices on Windows. */
@NullMarked
package org.flowshield.tun.windows;

import org.jspecify.annotations.NullMarked;
