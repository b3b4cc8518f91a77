/** The wallet as all its pages see it: where it stands, which account, what that has. */
@NullMarked
package org.flowshield.app.wallet.account;

import org.jspecify.annotations.NullMarked;
