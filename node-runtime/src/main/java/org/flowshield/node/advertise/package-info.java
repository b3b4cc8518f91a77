/**
 * How a provider makes itself known: its listing and its signs of life by pubsub, its place in the
 * DHT, and its answer to whoever asks it.
 */
@NullMarked
package org.flowshield.node.advertise;

import org.jspecify.annotations.NullMarked;
