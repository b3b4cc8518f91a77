/** Datagrams at a steady rate through a tunnel: what is lost and how late the rest comes. */
@NullMarked
package org.flowshield.bench.udp;

import org.jspecify.annotations.NullMarked;
