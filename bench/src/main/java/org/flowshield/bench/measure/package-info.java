/** The measuring programs of the system, in a lab: what they report, as values. */
@NullMarked
package org.flowshield.bench.measure;

import org.jspecify.annotations.NullMarked;
