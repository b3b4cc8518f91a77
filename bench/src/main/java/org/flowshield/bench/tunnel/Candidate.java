package org.flowshield.bench.tunnel;

import org.flowshield.bench.measure.Iperf;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;

/**
 * A contender that is up, in its own lab.
 *
 * @param name the contender's
 */
record Candidate(String name, Lab lab, Contender.Running running, Iperf iperf) {

    static Candidate start(Contender contender, Lab lab) throws LabException, InterruptedException {
        Contender.Running running = contender.start(lab);
        return new Candidate(contender.name(), lab, running, Iperf.start(lab));
    }
}
