package org.flowshield.app.errors;

/**
 * A failure in a person's words. Immutable.
 *
 * @param title what happened
 * @param meaning what that means for connection and money
 * @param action what can be done
 * @param said what the daemon, the wallet or the app said in English, with all its particulars;
 *     empty where the rest says the same
 */
public record Explanation(String title, String meaning, String action, String said) {}
