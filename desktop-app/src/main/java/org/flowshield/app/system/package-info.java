/** What the app asks of the desktop it runs on: ports, and one lock. */
@NullMarked
package org.flowshield.app.system;

import org.jspecify.annotations.NullMarked;
