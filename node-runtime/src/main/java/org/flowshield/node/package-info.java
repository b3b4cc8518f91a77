/** FlowShield node. */
@NullMarked
package org.flowshield.node;

import org.jspecify.annotations.NullMarked;
