/**
 * What a running node tells and takes: the values of the local API and the port behind it. They
 * know nothing of sockets, libp2p or JSON.
 */
@NullMarked
package org.flowshield.node.api;

import org.jspecify.annotations.NullMarked;
