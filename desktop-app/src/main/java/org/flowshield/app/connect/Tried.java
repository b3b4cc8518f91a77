package org.flowshield.app.connect;

/** A provider that was given up, and why. Immutable. */
record Tried(String provider, String reason) {}
