/** Putting the service onto this computer, which takes an administrator. */
@NullMarked
package org.flowshield.app.service;

import org.jspecify.annotations.NullMarked;
