/**
 * What a node does with money when somebody asks it to: channels, earnings, settlements, limits of
 * spending, and how it all stands.
 */
@NullMarked
package org.flowshield.node.treasury;

import org.jspecify.annotations.NullMarked;
