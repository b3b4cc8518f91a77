package org.flowshield.bench.tunnel;

import java.util.List;
import org.flowshield.node.lab.Lab;
import org.flowshield.node.lab.LabException;
import org.flowshield.node.lab.LabProcess;

/**
 * One way for the packets of a lab's client to reach its internet through its provider. Each
 * contender has a lab of its own, so that all are up at once and take turns within seconds.
 */
interface Contender {

    /** The largest inner packet of every tunnel, in bytes. */
    int INNER_MTU = 1420;

    /** As the results name it. */
    String name();

    /** Sets the path up; packets flow when this returns. It goes with the lab. */
    Running start(Lab lab) throws LabException, InterruptedException;

    /**
     * What was started.
     *
     * @param version of the program, for the report
     * @param processes that carry the packets; none if the kernel alone does
     */
    record Running(String version, List<LabProcess> processes) {

        public Running {
            processes = List.copyOf(processes);
        }
    }
}
