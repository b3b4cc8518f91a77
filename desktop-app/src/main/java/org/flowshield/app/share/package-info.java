/** Selling this machine's bandwidth: agreed to first, then offered, watched, paid out and ended. */
@NullMarked
package org.flowshield.app.share;

import org.jspecify.annotations.NullMarked;
