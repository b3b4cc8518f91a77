/**
 * A person's money: the accounts of one directory, their keys under one password. Knows nothing of
 * the daemon and of the chain; who may use unlocked keys is decided in {@code agent}.
 */
@NullMarked
package org.flowshield.node.wallet;

import org.jspecify.annotations.NullMarked;
