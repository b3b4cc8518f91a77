/** Tests of TUN devices on Windows, against a stub of Windows. */
@NullMarked
package org.flowshield.tun.windows;

import org.jspecify.annotations.NullMarked;
