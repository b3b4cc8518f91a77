/** The tray on Windows and macOS: by AWT. */
@NullMarked
package org.flowshield.app.system.awt;

import org.jspecify.annotations.NullMarked;
