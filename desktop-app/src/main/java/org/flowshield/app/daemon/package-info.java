/** The daemon as the app sees it: what it tells, what it can be asked, and that it may be away. */
@NullMarked
package org.flowshield.app.daemon;

import org.jspecify.annotations.NullMarked;
