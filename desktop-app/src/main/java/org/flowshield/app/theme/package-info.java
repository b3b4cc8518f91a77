/** How it looks: colours, type, light and dark. */
@NullMarked
package org.flowshield.app.theme;

import org.jspecify.annotations.NullMarked;
