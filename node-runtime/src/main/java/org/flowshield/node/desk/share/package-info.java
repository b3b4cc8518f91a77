/** Selling this machine's bandwidth. Values and the port. */
@NullMarked
package org.flowshield.node.desk.share;

import org.jspecify.annotations.NullMarked;
