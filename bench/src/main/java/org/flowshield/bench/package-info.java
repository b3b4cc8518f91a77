/** FlowShield bench. */
@NullMarked
package org.flowshield.bench;

import org.jspecify.annotations.NullMarked;
