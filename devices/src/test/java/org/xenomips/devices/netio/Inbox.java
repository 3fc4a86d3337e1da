package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.xenomips.net.Frame;
import org.xenomips.net.FramePort;
import org.xenomips.net.FrameQueue;

/** The machine's side of a port under test: starts it and takes frames out of its queue on the test's thread. */
final class Inbox {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FrameQueue queue;

    private Inbox(int frames) {
        queue = new FrameQueue(frames, this::signal);
    }

    static Inbox start(FramePort port) {
        return start(port, 1024);
    }

    static Inbox start(FramePort port, int frames) {
        Inbox inbox = new Inbox(frames);
        port.start(inbox.queue, inbox::signal);
        return inbox;
    }

    private synchronized void signal() {
        notifyAll();
    }

    /** Waits until {@code condition}, which frames or the link change, holds. */
    synchronized void until(BooleanSupplier condition, String what) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("nothing happened: " + what);
            }
            wait(5);
        }
    }

    /** The next frame. */
    byte[] take() throws InterruptedException {
        until(() -> queue.size() > 0, "no frame came");
        Frame frame = Objects.requireNonNull(queue.peek());
        byte[] copy = Arrays.copyOf(frame.data(), frame.length());
        queue.release();
        return copy;
    }

    List<byte[]> take(int count) throws InterruptedException {
        List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(take());
        }
        return frames;
    }

    int waiting() {
        return queue.size();
    }

    /** Fails if the thread of {@code port} is busy although nothing happens. */
    static void assertIdle(FramePort port) throws InterruptedException {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long id = Thread.getAllStackTraces()
                .keySet()
                .stream()
                .filter(t -> t.getName().equals("netio-" + port.name()))
                .findFirst()
                .orElseThrow()
                .threadId();
        long before = threads.getThreadCpuTime(id);
        Thread.sleep(300);
        assertThat(threads.getThreadCpuTime(id) - before).as("nanoseconds of processor time in 300 ms")
                .isLessThan(100_000_000L);
    }
}
