/** The command line: {@code flowshield VERB}. */
@NullMarked
package org.flowshield.node.cli;

import org.jspecify.annotations.NullMarked;
