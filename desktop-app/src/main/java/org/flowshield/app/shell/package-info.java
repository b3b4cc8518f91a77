/** The window: where one can go, what is shown there, and what is true on every screen. */
@NullMarked
package org.flowshield.app.shell;

import org.jspecify.annotations.NullMarked;
