/** Connecting: one large state, and what can be done about it. */
@NullMarked
package org.flowshield.app.connect;

import org.jspecify.annotations.NullMarked;
