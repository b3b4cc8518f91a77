/** The desks as the app stands before them: together, and with failures that the app can show. */
@NullMarked
package org.flowshield.app.desk;

import org.jspecify.annotations.NullMarked;
