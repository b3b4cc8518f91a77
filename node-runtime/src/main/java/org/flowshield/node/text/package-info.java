/** Texts that come from strangers. */
@NullMarked
package org.flowshield.node.text;

import org.jspecify.annotations.NullMarked;
