/** Whom this machine asks for names. */
@NullMarked
package org.flowshield.node.resolver;

import org.jspecify.annotations.NullMarked;
