/** That a node was revoked, told within a minute to everybody who may deal with it. */
@NullMarked
package org.flowshield.node.revocation;

import org.jspecify.annotations.NullMarked;
