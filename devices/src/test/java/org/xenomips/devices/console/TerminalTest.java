package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The rings between a machine and the host, with a back end that the test plays. */
class TerminalTest {
    private static final class Played implements TerminalBackend {
        final Semaphore announcements = new Semaphore(0);

        @Override
        public void start(Terminal terminal) {}

        @Override
        public void outputWaiting() {
            announcements.release();
        }

        @Override
        public void close() {}

        @Override
        public String describe() {
            return "test";
        }
    }

    private final Played backend = new Played();
    private final AtomicInteger attention = new AtomicInteger();
    private final Terminal terminal = new Terminal("console", backend, attention::incrementAndGet);

    @Test
    void inputArrivesInOrderAndTheListenerRunsOnTheMachineThreadOnly() {
        AtomicInteger calls = new AtomicInteger();
        terminal.onInput(calls::incrementAndGet);
        terminal.type("ab".getBytes(StandardCharsets.US_ASCII));
        assertThat(attention).hasValue(1);
        assertThat(calls).hasValue(0);
        assertThat(terminal.poll()).isFalse();
        assertThat(terminal.poll()).isFalse();
        assertThat(calls).hasValue(1);
        assertThat(terminal.hasInput()).isTrue();
        assertThat(terminal.read()).isEqualTo('a');
        assertThat(terminal.read()).isEqualTo('b');
        assertThat(terminal.read()).isEqualTo(-1);
        assertThat(terminal.hasInput()).isFalse();
    }

    @Test
    void inputBeyondTheRingIsLostAndCounted() {
        terminal.type(new byte[Terminal.INPUT_BYTES + 10]);
        assertThat(terminal.inputLost()).isEqualTo(10);
        int read = 0;
        while (terminal.read() >= 0) {
            read++;
        }
        assertThat(read).isEqualTo(Terminal.INPUT_BYTES);
    }

    @Test
    void outputIsAnnouncedOnceAndTakenInOrder() {
        terminal.write('x');
        terminal.write(0x1ff);
        terminal.flush();
        assertThat(backend.announcements.availablePermits()).isEqualTo(1);
        byte[] into = new byte[10];
        assertThat(terminal.takeOutput(into)).isEqualTo(2);
        assertThat(into).startsWith('x', 0xff);
        terminal.write('y');
        assertThat(backend.announcements.availablePermits()).isEqualTo(2);
    }

    @Test
    void outputNobodyTakesIsBoundedAndCounted() {
        for (int i = 0; i < Terminal.OUTPUT_BYTES + 5; i++) {
            terminal.write('x');
        }
        assertThat(terminal.outputLost()).isEqualTo(5);
    }

    @Test
    void noByteIsLeftBehindWithoutAnnouncement() throws InterruptedException {
        int total = 200_000;
        CountDownLatch done = new CountDownLatch(1);
        AtomicInteger taken = new AtomicInteger();
        Thread taker = Thread.ofPlatform().start(() -> {
            byte[] into = new byte[64];
            while (taken.get() < total) {
                backend.announcements.acquireUninterruptibly();
                for (int n = terminal.takeOutput(into); n > 0; n = terminal.takeOutput(into)) {
                    taken.addAndGet(n);
                }
            }
            done.countDown();
        });
        for (int i = 0; i < total; i++) {
            terminal.write(i);
        }
        assertThat(done.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
        taker.join();
        assertThat(terminal.outputLost()).isZero();
    }
}
