/** Work beside the thread that draws, and the way back to it. */
@NullMarked
package org.flowshield.app.threads;

import org.jspecify.annotations.NullMarked;
