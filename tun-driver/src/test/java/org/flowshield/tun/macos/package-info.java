/** Tests of TUN devices on macOS, against a stub of Darwin. */
@NullMarked
package org.flowshield.tun.macos;

import org.jspecify.annotations.NullMarked;
