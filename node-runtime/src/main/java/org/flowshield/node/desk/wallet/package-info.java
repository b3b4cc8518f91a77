/** A wallet's life: made, restored, opened, closed, backed up. Values and the port. */
@NullMarked
package org.flowshield.node.desk.wallet;

import org.jspecify.annotations.NullMarked;
