/** How fast a fullnode finds providers, and how fast it catches up with others. */
@NullMarked
package org.flowshield.bench.directory;

import org.jspecify.annotations.NullMarked;
