/** Whom a Linux machine asks for names. */
@NullMarked
package org.flowshield.node.dns.linux;

import org.jspecify.annotations.NullMarked;
