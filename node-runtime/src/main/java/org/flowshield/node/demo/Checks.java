package org.flowshield.node.demo;

/** Takes what was found. */
@FunctionalInterface
interface Checks {

    /**
     * @param detail what was seen, for people
     */
    void check(String name, boolean ok, String detail);
}
