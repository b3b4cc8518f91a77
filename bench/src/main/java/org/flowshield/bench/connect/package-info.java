/** How long a user waits from asking to be connected to the first byte of a page. */
@NullMarked
package org.flowshield.bench.connect;

import org.jspecify.annotations.NullMarked;
