/**
 * The client role: a pure state machine, the thread that runs it, and what stands between it and
 * sessions, routes and names.
 */
@NullMarked
package org.flowshield.node.client;

import org.jspecify.annotations.NullMarked;
