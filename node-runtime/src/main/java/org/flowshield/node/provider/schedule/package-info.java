/** The hours in which a provider serves: chosen, kept, and held against the clock. */
@NullMarked
package org.flowshield.node.provider.schedule;

import org.jspecify.annotations.NullMarked;
