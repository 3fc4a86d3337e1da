package org.xenomips.devices.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.storage.ImageKeeper.Completeness;

class ImageKeeperTest {
    private static final int BLOCK = 16;

    /** Keeps what was saved; refuses when told to. */
    private static final class Target implements ImageFile {
        private final BlockingQueue<List<ImageBlock>> saved = new LinkedBlockingQueue<>();
        private final BlockingQueue<List<ImageBlock>> refused = new LinkedBlockingQueue<>();
        private volatile boolean refusing;
        private volatile boolean closed;
        private volatile CountDownLatch disk = new CountDownLatch(0);

        @Override
        public void save(List<ImageBlock> blocks) throws IOException {
            try {
                disk.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (refusing) {
                refused.add(blocks);
                throw new IOException("No space left on device");
            }
            saved.add(blocks);
        }

        @Override
        public void close() {
            closed = true;
        }

        List<ImageBlock> next() throws InterruptedException {
            List<ImageBlock> blocks = saved.poll(60, TimeUnit.SECONDS);
            assertThat(blocks).as("nothing was saved").isNotNull();
            return blocks == null ? List.of() : blocks;
        }
    }

    private final Target target = new Target();
    private final byte[] content = new byte[4 * BLOCK];
    private volatile Completeness state = Completeness.COMPLETE;
    private final ImageKeeper keeper = new ImageKeeper("test", content, BLOCK, target, bytes -> state);

    @AfterEach
    void close() {
        keeper.close();
        assertThat(target.closed).isTrue();
    }

    private void put(int offset, int value) {
        keeper.store(() -> {
            content[offset] = (byte) value;
            keeper.changed(offset, 1);
        });
    }

    @Test
    void burstIsSavedByItselfAndOnlyItsBlocks() throws Exception {
        put(3, 7);
        put(2 * BLOCK, 8);
        List<ImageBlock> blocks = target.next();
        if (blocks.size() == 1) {
            blocks = List.of(blocks.getFirst(), target.next().getFirst());
        }
        assertThat(blocks).extracting(ImageBlock::offset).containsExactly(0, 2 * BLOCK);
        assertThat(blocks.get(0).bytes()[3]).isEqualTo((byte) 7);
        assertThat(blocks.get(1).bytes()[0]).isEqualTo((byte) 8);
        keeper.flush();
        assertThat(target.saved).isEmpty();
    }

    @Test
    void storesThatGoOnAreSavedAllTheSame() throws Exception {
        for (int i = 0; target.saved.isEmpty(); i++) {
            put(0, i);
        }
        assertThat(target.next()).hasSize(1);
    }

    @Test
    void copyNeverFallsIntoAStore() throws Exception {
        for (int saves = 0; saves < 10;) {
            for (int i = 0; i < 100; i++) {
                int value = i;
                keeper.store(() -> {
                    content[0] = (byte) value;
                    keeper.changed(0, 1);
                    content[3 * BLOCK] = (byte) value;
                    keeper.changed(3 * BLOCK, 1);
                });
            }
            Thread.sleep(12);
            for (List<ImageBlock> blocks = target.saved.poll(); blocks != null; blocks = target.saved.poll()) {
                saves++;
                assertThat(blocks.get(0).bytes()[0]).isEqualTo(blocks.get(1).bytes()[0]);
            }
        }
    }

    @Test
    void endOfATransactionIsCaughtUnderContinuousStores() throws Exception {
        // Byte 0 and byte 1 differ while a transaction runs.
        ImageKeeper other = new ImageKeeper("pair", content, content.length, target, bytes -> bytes[0] == bytes[1]
                ? Completeness.COMPLETE
                : Completeness.INCOMPLETE);
        for (int i = 0; target.saved.isEmpty(); i++) {
            int value = i;
            for (int at = 0; at < 2; at++) {
                int offset = at;
                other.store(() -> {
                    content[offset] = (byte) value;
                    other.changed(offset, 1);
                });
                other.maybeComplete();
            }
        }
        byte[] saved = target.next().getFirst().bytes();
        assertThat(saved[0]).isEqualTo(saved[1]);
        other.close();
    }

    @Test
    void whatIsSavedIsTheContentThatWasJudged() throws Exception {
        CountDownLatch slowDisk = new CountDownLatch(1);
        target.disk = slowDisk;
        state = Completeness.INCOMPLETE;
        put(0, 1);
        Thread flushing = Thread.ofPlatform().start(keeper::flush);
        while (flushing.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        // The disk is busy with the flush. A complete content lies here for a while, then its owner goes on.
        state = Completeness.COMPLETE;
        put(0, 2);
        Thread.sleep(50);
        state = Completeness.INCOMPLETE;
        put(0, 3);
        slowDisk.countDown();
        flushing.join();
        assertThat(target.next().getFirst().bytes()[0]).isEqualTo((byte) 1);
        Thread.sleep(50);
        assertThat(target.saved).as("the owner is not done").isEmpty();
        state = Completeness.COMPLETE;
        put(0, 4);
        assertThat(target.next().getFirst().bytes()[0]).isEqualTo((byte) 4);
    }

    @Test
    void endOfATransactionIsSavedWithoutWaitingForAPause() throws Exception {
        state = Completeness.INCOMPLETE;
        put(0, 1);
        state = Completeness.COMPLETE;
        keeper.maybeComplete();
        state = Completeness.INCOMPLETE;
        for (int value = 2; target.saved.isEmpty(); value = value == 9 ? 2 : value + 1) {
            put(0, value);
        }
        assertThat(target.next().getFirst().bytes()[0]).isEqualTo((byte) 1);
    }

    @Test
    void refusedContentsAreTriedAgainWithNewerOnes() throws Exception {
        target.refusing = true;
        put(0, 1);
        assertThat(target.refused.poll(60, TimeUnit.SECONDS)).hasSize(1);
        put(BLOCK, 2);
        target.refusing = false;
        List<ImageBlock> blocks = target.next();
        assertThat(blocks).extracting(ImageBlock::offset).containsExactly(0, BLOCK);
    }

    @Test
    void contentsNothingIsKnownAboutAreSavedToo() throws Exception {
        state = Completeness.UNKNOWN;
        put(1, 1);
        assertThat(target.next()).hasSize(1);
    }

    @Test
    void incompleteContentsAreSavedWhenTheirOwnerSeemsToBeDone() throws Exception {
        state = Completeness.INCOMPLETE;
        put(1, 1);
        assertThat(target.next()).hasSize(1);
    }

    @Test
    void incompleteContentsAreFlushedAtTheEnd() {
        state = Completeness.INCOMPLETE;
        put(5, 5);
        keeper.close();
        assertThat(target.saved).hasSize(1);
    }
}
