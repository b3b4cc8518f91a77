package org.flowshield.node.tunnel.path;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.flowshield.tun.Drops;
import org.flowshield.tun.MalformedFrameException;
import org.flowshield.tun.Offloads;
import org.flowshield.tun.Tun;

/** A device in memory that fails when the test says so. */
final class FailingTun implements Tun {

    /** How it fails. */
    enum Failure {
        /** As a device that was deleted. */
        REMOVED,
        /** As a program with a bug. */
        BUG
    }

    private final Tun tun;
    private final Failure failure;
    private volatile boolean writesFail;
    private volatile boolean readsFail;

    FailingTun(Tun tun, Failure failure) {
        this.tun = tun;
        this.failure = failure;
    }

    /** From now on reads fail; one that waits already goes on. */
    FailingTun failReads() {
        readsFail = true;
        return this;
    }

    FailingTun failWrites() {
        writesFail = true;
        return this;
    }

    private void fail() throws IOException {
        switch (failure) {
            case REMOVED -> throw new IOException("the device is gone");
            case BUG -> throw new IllegalStateException("a bug made for a test");
        }
    }

    @Override
    public String name() {
        return tun.name();
    }

    @Override
    public int mtu() {
        return tun.mtu();
    }

    @Override
    public Offloads offloads() {
        return tun.offloads();
    }

    @Override
    public Drops drops() {
        return tun.drops();
    }

    @Override
    public int descriptor() {
        return tun.descriptor();
    }

    @Override
    public int read(ByteBuffer batch, boolean block) throws IOException {
        if (readsFail) {
            fail();
        }
        return tun.read(batch, block);
    }

    @Override
    public int write(ByteBuffer batch) throws IOException, MalformedFrameException {
        if (writesFail) {
            fail();
        }
        return tun.write(batch);
    }

    @Override
    public void close() {
        tun.close();
    }
}
