/** Whose node this is, and who others are. Values and the port. */
@NullMarked
package org.flowshield.node.desk.identity;

import org.jspecify.annotations.NullMarked;
