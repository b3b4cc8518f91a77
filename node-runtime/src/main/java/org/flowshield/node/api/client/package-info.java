/**
 * The local API for programs in Java: what a daemon on this machine tells and does, over its
 * socket. Needs no right and nothing of the daemon's libraries.
 */
@NullMarked
package org.flowshield.node.api.client;

import org.jspecify.annotations.NullMarked;
