/** A map of the world whose countries are chosen by mouse and keyboard. */
@NullMarked
package org.flowshield.app.providers.map;

import org.jspecify.annotations.NullMarked;
