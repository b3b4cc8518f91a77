/** The name resolution of Linux systems. */
@NullMarked
package org.flowshield.node.resolver.linux;

import org.jspecify.annotations.NullMarked;
