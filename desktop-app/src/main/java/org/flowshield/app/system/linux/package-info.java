/** Tray and notifications on Linux: over the session bus. */
@NullMarked
package org.flowshield.app.system.linux;

import org.jspecify.annotations.NullMarked;
