package org.xenomips.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    @Test
    void fullQueueRefusesUntilAFrameIsReleased() {
        FrameQueue queue = new FrameQueue(2, () -> {});
        for (int i = 0; i < 2; i++) {
            Objects.requireNonNull(queue.claim()).setLength(60 + i);
            queue.publish();
        }
        assertThat(queue.claim()).isNull();
        assertThat(Objects.requireNonNull(queue.peek()).length()).isEqualTo(60);
        queue.release();
        assertThat(queue.claim()).isNotNull();
    }

    @Test
    void claimedButUnpublishedFrameIsNotSeen() {
        AtomicInteger signals = new AtomicInteger();
        FrameQueue queue = new FrameQueue(4, signals::incrementAndGet);
        assertThat(queue.claim()).isNotNull();
        assertThat(queue.peek()).isNull();
        queue.publish();
        assertThat(queue.peek()).isNotNull();
        assertThat(signals).hasValue(1);
    }

    @Test
    void everyByteArrivesInOrderAcrossThreads() throws InterruptedException {
        int frames = 200_000;
        FrameQueue queue = new FrameQueue(64, () -> {});
        Thread producer = new Thread(() -> {
            for (int i = 0; i < frames; i++) {
                Frame frame = queue.claim();
                while (frame == null) {
                    Thread.yield();
                    frame = queue.claim();
                }
                frame.data()[0] = (byte) i;
                frame.data()[59] = (byte) (i >> 8);
                frame.setLength(60);
                queue.publish();
            }
        });
        producer.start();
        for (int i = 0; i < frames; i++) {
            Frame frame = queue.peek();
            while (frame == null) {
                Thread.yield();
                frame = queue.peek();
            }
            if (frame.data()[0] != (byte) i || frame.data()[59] != (byte) (i >> 8)) {
                throw new AssertionError("frame " + i + " is damaged or out of order");
            }
            queue.release();
        }
        producer.join();
        assertThat(queue.peek()).isNull();
    }
}
