/** Which of the wallet's accounts acts on a page that acts with one. */
@NullMarked
package org.flowshield.app.account;

import org.jspecify.annotations.NullMarked;
