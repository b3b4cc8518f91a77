/** What a failure says to a person, in each language. */
@NullMarked
package org.flowshield.app.errors;

import org.jspecify.annotations.NullMarked;
