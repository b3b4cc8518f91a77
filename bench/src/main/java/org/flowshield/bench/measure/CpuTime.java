package org.flowshield.bench.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.flowshield.node.lab.LabProcess;

/**
 * CPU seconds used so far, as proc(5) counts them.
 *
 * @param processes of the tunnel's processes with all their threads
 * @param machine of everything but idling
 */
public record CpuTime(double processes, double machine) {

    /** USER_HZ, fixed in Linux's interface for programs whatever the kernel's own tick. */
    private static final double TICKS_PER_SECOND = 100;

    private static final int UTIME_AFTER_COMM = 14 - 3;
    private static final int STIME_AFTER_COMM = 15 - 3;
    private static final List<Integer> BUSY =
            List.of(1, 2, 3, 6, 7, 8); // user nice system irq softirq steal

    public static CpuTime now(List<LabProcess> processes) throws IOException {
        return ofProcesses(processes.stream().map(LabProcess::pid).toList());
    }

    /** The same of processes by their ids. */
    public static CpuTime ofProcesses(List<Long> ids) throws IOException {
        double ticks = 0;
        for (long id : ids) {
            String stat = Files.readString(Path.of("/proc", Long.toString(id), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            ticks +=
                    Long.parseLong(fields[UTIME_AFTER_COMM])
                            + Long.parseLong(fields[STIME_AFTER_COMM]);
        }
        String[] total = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +", -1);
        double busy = 0;
        for (int field : BUSY) busy += Long.parseLong(total[field]);
        return new CpuTime(ticks / TICKS_PER_SECOND, busy / TICKS_PER_SECOND);
    }

    public CpuTime since(CpuTime earlier) {
        return new CpuTime(processes - earlier.processes, machine - earlier.machine);
    }
}
