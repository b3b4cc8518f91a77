/** Whom a person wants to connect to: chosen on one screen, carried out on another. */
@NullMarked
package org.flowshield.app.choice;

import org.jspecify.annotations.NullMarked;
