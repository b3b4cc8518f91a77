/** What JavaFX itself knows of the desktop. */
@NullMarked
package org.flowshield.app.system.fx;

import org.jspecify.annotations.NullMarked;
