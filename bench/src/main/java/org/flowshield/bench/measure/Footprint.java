package org.flowshield.bench.measure;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.flowshield.libp2p.detached.DetachedMemory;
import tools.jackson.databind.JsonNode;

/**
 * What a JVM takes of its machine, in bytes, and its threads. Immutable.
 *
 * @param resident as the kernel counts it
 * @param heap used after a collection
 * @param direct of Java's and Netty's buffers
 * @param lanes buffers that detached connections hold
 */
public record Footprint(long resident, long heap, long direct, long lanes, long threads) {

    private static final long KIB = 1024;

    /** Of this JVM, after it has collected its garbage. */
    public static Footprint own() throws IOException {
        System.gc();
        System.gc();
        long java =
                ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                        .filter(pool -> pool.getName().equals("direct"))
                        .mapToLong(BufferPoolMXBean::getMemoryUsed)
                        .sum();
        return new Footprint(
                residentNow(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                java + Math.max(0, PlatformDependent.usedDirectMemory()),
                DetachedMemory.heldBytes(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }

    /** What the kernel says this process has in memory now, in bytes. */
    public static long residentNow() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * KIB)
                .findFirst()
                .orElseThrow(() -> new IOException("/proc/self/status has no VmRSS"));
    }

    public Footprint minus(Footprint before) {
        return new Footprint(
                resident - before.resident,
                heap - before.heap,
                direct - before.direct,
                lanes - before.lanes,
                threads - before.threads);
    }

    /** For machines. */
    public Map<String, Long> json() {
        Map<String, Long> json = new LinkedHashMap<>();
        json.put("resident", resident);
        json.put("heap", heap);
        json.put("direct", direct);
        json.put("lanes", lanes);
        json.put("threads", threads);
        return json;
    }

    /** What {@link #json} said. */
    public static Footprint parse(JsonNode json) {
        return new Footprint(
                json.path("resident").asLong(),
                json.path("heap").asLong(),
                json.path("direct").asLong(),
                json.path("lanes").asLong(),
                json.path("threads").asLong());
    }
}
