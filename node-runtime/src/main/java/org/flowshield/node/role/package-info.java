/** What all roles of a node have in common. */
@NullMarked
package org.flowshield.node.role;

import org.jspecify.annotations.NullMarked;
