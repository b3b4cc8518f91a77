package org.flowshield.app.transaction;

import org.jspecify.annotations.Nullable;

/**
 * What a person is about to do, in their language. Immutable.
 *
 * @param title of the page, such as {@code Send FLOW}
 * @param button what signs it, named for what it does, such as {@code Send 1.5 FLOW}
 * @param next what happens after it is signed
 * @param total what leaves the wallet in all; null where that says nothing new
 */
public record Purpose(String title, String button, String next, @Nullable String total) {}
