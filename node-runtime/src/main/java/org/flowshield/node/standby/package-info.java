/** Whom a client goes to when its provider fails, and the channels that are kept for that. */
@NullMarked
package org.flowshield.node.standby;

import org.jspecify.annotations.NullMarked;
