/** The app outside of its window: in the tray, in notifications, and when the window closes. */
@NullMarked
package org.flowshield.app.presence;

import org.jspecify.annotations.NullMarked;
