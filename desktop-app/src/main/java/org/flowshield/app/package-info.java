/** The desktop app: its start and how its parts are put together. */
@NullMarked
package org.flowshield.app;

import org.jspecify.annotations.NullMarked;
