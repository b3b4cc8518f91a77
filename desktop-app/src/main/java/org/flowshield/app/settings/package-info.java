/** What a person has chosen for the app, kept in one small file. */
@NullMarked
package org.flowshield.app.settings;

import org.jspecify.annotations.NullMarked;
