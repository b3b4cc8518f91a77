/** Typing what nobody else may read: in memory that is wiped, never in text that stays. */
@NullMarked
package org.flowshield.app.secret;

import org.jspecify.annotations.NullMarked;
