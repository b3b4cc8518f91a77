package org.flowshield.node.tunnel.path;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.function.Consumer;
import org.flowshield.tun.MalformedFrameException;

/** Turns the exceptions that end a path's threads into reasons. */
final class PathEnds {

    /** A failure of the device rather than of a lane. */
    private static final class DeviceFailure extends IOException {
        DeviceFailure(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** A call to the device. */
    @FunctionalInterface
    interface DeviceCall {
        int run() throws IOException;
    }

    private PathEnds() {}

    /** Marks what goes wrong in a device. */
    static int device(DeviceCall call) throws IOException {
        try {
            return call.run();
        } catch (IOException e) {
            throw ofDevice(e);
        }
    }

    /** Marks what went wrong in a device; that we closed it is no failure. */
    static IOException ofDevice(IOException e) {
        return e instanceof AsynchronousCloseException ? e : new DeviceFailure(e);
    }

    /**
     * Runs the loop until it throws and tells why. A fault of our own is told too, so that no path
     * lives on with a thread less, and goes on to the thread's handler.
     */
    static void run(ClientPath.Loop loop, Consumer<PathEnd> end) {
        PathEnd why = new PathEnd(PathEnd.Reason.INTERNAL, "a fault in this program");
        try {
            why = of(loop);
        } finally {
            end.accept(why);
        }
    }

    private static PathEnd of(ClientPath.Loop loop) {
        try {
            loop.run();
            return new PathEnd(PathEnd.Reason.CLOSED, "closed by us");
        } catch (MalformedFrameException e) {
            return new PathEnd(
                    PathEnd.Reason.MALFORMED,
                    "the peer sent packets that can't be read: " + e.reason());
        } catch (AsynchronousCloseException e) {
            return new PathEnd(PathEnd.Reason.CLOSED, "closed by us");
        } catch (DeviceFailure e) {
            return new PathEnd(PathEnd.Reason.DEVICE_FAILED, String.valueOf(e.getMessage()));
        } catch (EOFException e) {
            return new PathEnd(PathEnd.Reason.LANE_ENDED, "the peer closed the connection");
        } catch (ClosedChannelException e) {
            return new PathEnd(PathEnd.Reason.LANE_ENDED, "the connection to the peer was closed");
        } catch (IOException e) {
            return broken(e);
        }
    }

    /** A lane broke. */
    static PathEnd broken(IOException e) {
        return new PathEnd(
                PathEnd.Reason.LANE_ENDED, "the connection to the peer broke: " + e.getMessage());
    }
}
