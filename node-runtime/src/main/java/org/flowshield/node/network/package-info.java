/**
 * The ways to the chain and to the first peers that a person has chosen, and where they are kept.
 */
@NullMarked
package org.flowshield.node.network;

import org.jspecify.annotations.NullMarked;
