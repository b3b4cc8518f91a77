/** What a node has written to its log. */
@NullMarked
package org.flowshield.node.api.logs;

import org.jspecify.annotations.NullMarked;
