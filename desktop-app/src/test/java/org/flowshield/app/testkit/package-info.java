/** What tests of the app share: a toolkit without a screen, a person's hands, and sharp eyes. */
@NullMarked
package org.flowshield.app.testkit;

import org.jspecify.annotations.NullMarked;
