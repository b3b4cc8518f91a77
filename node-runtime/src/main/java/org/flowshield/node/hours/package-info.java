/**
 * Hours of the week in local time: values, and what they mean at a moment. Knows no clock and no
 * file.
 */
@NullMarked
package org.flowshield.node.hours;

import org.jspecify.annotations.NullMarked;
