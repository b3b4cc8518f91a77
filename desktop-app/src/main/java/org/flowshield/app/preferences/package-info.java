/** What a person chooses for the app, what the service is set to, and what goes to who helps. */
@NullMarked
package org.flowshield.app.preferences;

import org.jspecify.annotations.NullMarked;
