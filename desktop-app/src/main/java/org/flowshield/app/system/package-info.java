/** What the desktop gives: files chosen in its dialog, its clipboard. Ports, so that tests need none. */
@NullMarked
package org.flowshield.app.system;

import org.jspecify.annotations.NullMarked;
