/** What the service and the app have written to their logs, and how it is shown. */
@NullMarked
package org.flowshield.app.logs;

import org.jspecify.annotations.NullMarked;
