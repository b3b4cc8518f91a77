/** Small files that a power cut leaves whole. */
@NullMarked
package org.flowshield.node.disk;

import org.jspecify.annotations.NullMarked;
