package org.flowshield.node.lab;

import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A process that makes a lab with one process in it, says so, and waits to be killed. */
final class HeldLab {

    private HeldLab() {}

    public static void main(String[] arguments) throws Exception {
        Consumer<String> progress = System.err::println;
        try (Lab lab = Lab.create(progress)) {
            LabProcess child = lab.start(Namespace.CLIENT, "sleep", "1000");
            System.out.println("ready " + lab.name(Namespace.CLIENT) + " " + child.pid());
            new CountDownLatch(1).await();
        }
    }
}
