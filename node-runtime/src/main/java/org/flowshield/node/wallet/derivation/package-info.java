/**
 * Keys are made of passwords in a process that ends right after: what it takes is given back to the
 * system whole, and the password leaves no trace in a program that runs for days.
 *
 * <pre>
 *   asker                                  process
 *     |-- starts it with a socket's path -->|
 *     |-- standard input: a token --------->|
 *     |&lt;-------- connects, says the token --|
 *     |-- frame: kdf and salt (JSON) ------>|
 *     |-- frame: the password ------------->|   seconds, 256 MiB
 *     |&lt;---------------- frame: the key -----|   ends
 * </pre>
 */
@NullMarked
package org.flowshield.node.wallet.derivation;

import org.jspecify.annotations.NullMarked;
