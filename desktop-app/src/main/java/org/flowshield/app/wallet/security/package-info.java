/** The wallet's accounts, its password, its words. */
@NullMarked
package org.flowshield.app.wallet.security;

import org.jspecify.annotations.NullMarked;
