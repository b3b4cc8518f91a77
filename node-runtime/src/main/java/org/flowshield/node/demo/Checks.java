package org.flowshield.node.demo;

/** Takes what was found. */
@FunctionalInterface
interface Checks {

    /**
     * Takes one.
     *
     * @param detail what was seen, for people
     */
    void check(String name, boolean ok, String detail);
}
