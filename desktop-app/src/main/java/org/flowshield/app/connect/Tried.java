package org.flowshield.app.connect;

/** A provider that was given up, and why, both in words for people. Immutable. */
record Tried(String provider, String reason) {}
