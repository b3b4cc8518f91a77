/** The node as a service of the machine: {@code flowshield service}. */
@NullMarked
package org.flowshield.node.cli.system;

import org.jspecify.annotations.NullMarked;
