/** TUN devices on macOS. */
@NullMarked
package org.flowshield.tun.macos;

import org.jspecify.annotations.NullMarked;
