/**
 * What a person does with a wallet, a node and a chain together, without saying how it is shown:
 * the command line and the desktop app stand on it. Its ports take and give values alone; {@code
 * desk.local} is what this machine does behind them.
 */
@NullMarked
package org.flowshield.node.desk;

import org.jspecify.annotations.NullMarked;
