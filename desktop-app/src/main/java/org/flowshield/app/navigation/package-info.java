/** Where one can go in the app, and who takes one there. */
@NullMarked
package org.flowshield.app.navigation;

import org.jspecify.annotations.NullMarked;
