package org.flowshield.node.tunnel.path;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
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
        } catch (AsynchronousCloseException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceFailure(e);
        }
    }

    /** Runs the loop until it throws. */
    static PathEnd of(ClientPath.Loop loop) {
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
        } catch (IOException e) {
            return new PathEnd(
                    PathEnd.Reason.LANE_ENDED,
                    "the connection to the peer broke: " + e.getMessage());
        }
    }
}
