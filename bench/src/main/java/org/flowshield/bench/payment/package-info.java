/** What paying per byte costs a session. */
@NullMarked
package org.flowshield.bench.payment;

import org.jspecify.annotations.NullMarked;
