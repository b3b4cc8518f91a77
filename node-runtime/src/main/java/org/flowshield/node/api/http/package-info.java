/**
 * The daemon's end of the local API: HTTP and JSON on a Unix domain socket. Nobody but root, the
 * owner of the data directory and the members of one group gets more than a refusal.
 */
@NullMarked
package org.flowshield.node.api.http;

import org.jspecify.annotations.NullMarked;
