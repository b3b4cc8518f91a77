/** What pages are put together from. */
@NullMarked
package org.flowshield.app.page;

import org.jspecify.annotations.NullMarked;
