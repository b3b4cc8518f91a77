/**
 * The process that holds a person's unlocked keys, and how the command line and the app ask it: a
 * protocol of its own over a Unix socket in the wallet's directory. Keys never leave the process,
 * and the daemon never gets one.
 *
 * <pre>
 *   (no process) --start--> LOCKED --unlock--> UNLOCKED --lock, or idle too long--> (no process)
 *                             |                 ^    |
 *                             +--a minute-->    +----+ prepare, sign, add account
 * </pre>
 *
 * A request is a frame, an answer is one: four bytes of length, then JSON. A secret follows its
 * request as a frame of bytes, so that it goes through no buffer that is not wiped.
 */
@NullMarked
package org.flowshield.node.wallet.agent;

import org.jspecify.annotations.NullMarked;
