package org.flowshield.bench.tunnel;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.flowshield.tun.Frame;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;
import org.flowshield.tun.TunDevices;
import org.flowshield.tun.TunSettings;
import org.flowshield.tun.TunUnavailableException;

/**
 * A process that gives each packet back to the device it came from, so much later: the speed of
 * light, for kernels without netem. One TUN device per direction, two threads each. Packets keep
 * their order; when too many are under way the newest is dropped.
 */
final class DelayRelay {

    /** The line that tells that the devices are there. */
    static final String READY = "ready";

    private static final int MTU = 1500;

    /** Sixteen times what 100 Mb/s of full packets put into 20 ms; small packets need more. */
    private static final int MAX_UNDER_WAY = 4096;

    private static final int BATCH = 4 * Frame.MAX;

    private record Delayed(byte[] frame, long due) {}

    private final Tun tun;
    private final long delayNanos;
    private final BlockingQueue<Delayed> underWay = new ArrayBlockingQueue<>(MAX_UNDER_WAY);

    private DelayRelay(Tun tun, Duration delay) {
        this.tun = tun;
        this.delayNanos = delay.toNanos();
    }

    /** Arguments: the delay in milliseconds, then the names of the devices to make. */
    public static void main(String[] arguments)
            throws TunUnavailableException, InterruptedException {
        Duration delay = Duration.ofMillis(Long.parseLong(arguments[0]));
        List<Thread> threads = new ArrayList<>();
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            TunSettings settings =
                    TunSettings.of(name, MTU, Offloads.NONE).withQueueLength(MAX_UNDER_WAY);
            DelayRelay relay = new DelayRelay(TunDevices.open(settings), delay);
            threads.add(Thread.ofPlatform().name(name + "-in").start(relay::takeIn));
            threads.add(Thread.ofPlatform().name(name + "-out").start(relay::giveBack));
        }
        System.out.println(READY);
        for (Thread thread : threads) thread.join();
    }

    private void takeIn() {
        ByteBuffer batch = ByteBuffer.allocateDirect(BATCH);
        try {
            while (true) {
                tun.read(batch.clear(), true);
                long due = System.nanoTime() + delayNanos;
                batch.flip();
                for (int length = Frame.wholePacketLength(batch);
                        length > 0;
                        length = Frame.wholePacketLength(batch)) {
                    byte[] frame = new byte[Frame.HEADER + length];
                    batch.get(frame);
                    var _ = underWay.offer(new Delayed(frame, due));
                }
            }
        } catch (IOException | MalformedFrameException e) {
            fail(e);
        }
    }

    private void giveBack() {
        ByteBuffer batch = ByteBuffer.allocateDirect(BATCH);
        try {
            while (true) {
                Delayed next = underWay.take();
                for (long left = next.due - System.nanoTime();
                        left > 0;
                        left = next.due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                batch.clear().put(next.frame);
                tun.write(batch.flip());
            }
        } catch (IOException | MalformedFrameException | InterruptedException e) {
            fail(e);
        }
    }

    // Half a relay would look like a slow network.
    private static void fail(Exception e) {
        e.printStackTrace();
        Runtime.getRuntime().halt(1);
    }
}
