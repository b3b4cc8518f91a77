/** How secrets come from people and scripts to the verbs, and how people are shown theirs. */
@NullMarked
package org.flowshield.node.cli.prompt;

import org.jspecify.annotations.NullMarked;
