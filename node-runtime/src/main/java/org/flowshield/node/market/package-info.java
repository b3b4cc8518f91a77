/**
 * The open market: who says that it offers bandwidth, and how much of that is to be believed. Pure;
 * what is signed was verified.
 */
@NullMarked
package org.flowshield.node.market;

import org.jspecify.annotations.NullMarked;
