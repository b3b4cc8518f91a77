/** Controls that several screens use. */
@NullMarked
package org.flowshield.app.control;

import org.jspecify.annotations.NullMarked;
