/** How Linux keeps a process's memory from others. */
@NullMarked
package org.flowshield.node.wallet.agent.linux;

import org.jspecify.annotations.NullMarked;
