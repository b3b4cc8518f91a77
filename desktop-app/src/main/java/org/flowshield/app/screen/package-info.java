/** What every screen is: a triad of model, view and controller with a life cycle. */
@NullMarked
package org.flowshield.app.screen;

import org.jspecify.annotations.NullMarked;
