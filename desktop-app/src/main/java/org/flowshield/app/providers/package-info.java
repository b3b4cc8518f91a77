/** Choosing a provider: a table, a map, and why one is better than another. */
@NullMarked
package org.flowshield.app.providers;

import org.jspecify.annotations.NullMarked;
