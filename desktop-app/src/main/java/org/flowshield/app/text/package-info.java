/** What is said, in each language, and how numbers, times and money are written. */
@NullMarked
package org.flowshield.app.text;

import org.jspecify.annotations.NullMarked;
