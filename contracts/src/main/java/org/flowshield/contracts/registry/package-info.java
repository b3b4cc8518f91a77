/** Who offers bandwidth, and which node keys belong to which wallet. */
@NullMarked
package org.flowshield.contracts.registry;

import org.jspecify.annotations.NullMarked;
