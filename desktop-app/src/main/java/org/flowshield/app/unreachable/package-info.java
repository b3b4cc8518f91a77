/** The page that stands for all others while no daemon answers. */
@NullMarked
package org.flowshield.app.unreachable;

import org.jspecify.annotations.NullMarked;
