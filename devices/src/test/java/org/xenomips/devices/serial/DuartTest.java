package org.xenomips.devices.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

class DuartTest {
    private static final int SRA = 0x40c;
    private static final int CRA = 0x414;
    private static final int RHRA = 0x41c;
    private static final int ISR = 0x42c;
    private static final int SRB = 0x44c;
    private static final int CRB = 0x454;
    private static final int RHRB = 0x45c;
    private static final int TICK_MS = 20;

    private final PlayedLine console = new PlayedLine();
    private final PlayedLine aux = new PlayedLine();
    private final TimerQueue timers = new TimerQueue();
    private final VirtualClock clock = new VirtualClock(100_000_000);
    private boolean line;
    private final Duart duart = new Duart(console, aux, level -> line = level, timers, clock);

    private void pass(int ms) {
        for (int i = 0; i < ms; i++) {
            clock.retired(100_000);
            timers.runDue(clock.nowNs());
        }
    }

    @Test
    void registersAtReset() {
        for (int offset = 0x404; offset <= 0x47c; offset += 8) {
            int expected = switch (offset) {
                case SRA, SRB -> 4;
                case RHRA, RHRB -> -1;
                default -> 0;
            };
            assertThat(duart.read(offset)).as("%x", offset).isEqualTo(expected);
        }
        assertThat(duart.read(0x408)).isZero();
        assertThat(duart.read(-1)).isZero();
    }

    @Test
    void sendsOnBothLines() {
        "to console".chars().forEach(c -> duart.write(RHRA, c));
        "to aux".chars().forEach(c -> duart.write(RHRB, 0xffff_ff00 | c));
        assertThat(console.output()).hasToString("to console");
        assertThat(aux.output()).hasToString("to aux");
    }

    @Test
    void inputReadByPollingBeforeItIsAnnouncedCausesNoInterrupt() {
        duart.write(ISR, 0x22);
        console.put("a");
        aux.put("b");
        assertThat(duart.read(RHRA)).isEqualTo('a');
        assertThat(duart.read(RHRB)).isEqualTo('b');
        console.announce();
        aux.announce();
        assertThat(line).isFalse();
        assertThat(duart.read(ISR)).isZero();
    }

    @Test
    void polledInputArrivesInOrderWithoutInterruptStatus() {
        console.type("ab");
        aux.type("z");
        assertThat(duart.read(SRA)).isEqualTo(5);
        assertThat(duart.read(SRB)).isEqualTo(5);
        assertThat(duart.read(RHRA)).isEqualTo('a');
        assertThat(duart.read(RHRA)).isEqualTo('b');
        assertThat(duart.read(RHRB)).isEqualTo('z');
        assertThat(duart.read(SRA)).isEqualTo(4);
        assertThat(duart.read(RHRA)).isEqualTo(-1);
        assertThat(duart.read(ISR)).isZero();
        assertThat(line).isFalse();
    }

    @Test
    void receiverInterruptNeedsItsMaskBitWhenTheCharacterArrives() {
        console.type("x");
        duart.write(ISR, 2);
        pass(100);
        assertThat(line).isFalse();
        console.type("y");
        assertThat(line).isTrue();
        assertThat(duart.read(ISR)).isEqualTo(2);
    }

    @Test
    void readingStatusALowersTheLineAndKeepsTheStatusBits() {
        duart.write(ISR, 2);
        console.type("Z");
        assertThat(duart.read(ISR)).isEqualTo(2);
        assertThat(line).isTrue();
        duart.read(SRB);
        assertThat(line).isTrue();
        duart.read(SRA);
        assertThat(line).isFalse();
        assertThat(duart.read(ISR)).isEqualTo(2);
        assertThat(duart.read(RHRA)).isEqualTo('Z');
        assertThat(duart.read(ISR)).isZero();
    }

    @Test
    void auxInterruptUsesItsOwnBits() {
        duart.write(ISR, 0x20);
        console.type("a");
        assertThat(line).isFalse();
        aux.type("k");
        assertThat(line).isTrue();
        assertThat(duart.read(ISR)).isEqualTo(0x20);
        duart.read(RHRA);
        assertThat(duart.read(ISR)).isEqualTo(0x20);
        duart.read(RHRB);
        assertThat(duart.read(ISR)).isZero();
    }

    @Test
    void maskNeitherRaisesNorLowersTheLine() {
        duart.write(ISR, 2);
        console.type("x");
        duart.write(ISR, 0);
        assertThat(line).isTrue();
        duart.read(SRA);
        duart.write(ISR, 2);
        assertThat(line).isFalse();
    }

    @Test
    void transmitterTickRaisesBothBitsEvery20Ms() {
        duart.write(ISR, 1);
        pass(TICK_MS - 1);
        assertThat(line).isFalse();
        pass(1);
        assertThat(line).isTrue();
        assertThat(duart.read(ISR)).isEqualTo(0x11);
        duart.read(SRA);
        pass(TICK_MS - 1);
        assertThat(line).isFalse();
        pass(1);
        assertThat(line).isTrue();
        duart.write(ISR, 0);
        duart.read(SRA);
        pass(3 * TICK_MS);
        assertThat(line).isFalse();
        assertThat(timers.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
    }

    @Test
    void rewritingTheMaskDoesNotPutTheTickOff() {
        for (int ms = 0; ms < TICK_MS; ms++) {
            duart.write(ISR, ms % 2 == 0 ? 0x10 : 0);
            duart.write(ISR, 0x10);
            pass(1);
        }
        assertThat(line).isTrue();
    }

    @Test
    void sendingClearsTransmitterBitAOnly() {
        duart.write(ISR, 1);
        pass(TICK_MS);
        duart.write(RHRB, 'x');
        assertThat(duart.read(ISR)).isEqualTo(0x10);
        pass(TICK_MS);
        duart.write(RHRA, 'x');
        assertThat(duart.read(ISR)).isEqualTo(0x10);
    }

    @Test
    void disablingATransmitterFlushesItsTerminal() {
        duart.write(CRA, 5);
        assertThat(console.flushes()).isZero();
        duart.write(CRA, 8);
        assertThat(console.flushes()).isEqualTo(1);
        assertThat(aux.flushes()).isZero();
        duart.write(CRB, 0xff);
        assertThat(aux.flushes()).isEqualTo(1);
        assertThat(duart.read(CRA)).isZero();
    }

    @Test
    void driverThatTakesOneCharacterPerInterruptGetsAllOfThem() {
        duart.write(ISR, 2);
        console.type("paste");
        StringBuilder got = new StringBuilder();
        for (int ms = 0; ms < 20; ms++) {
            if (line) {
                duart.read(SRA);
                got.append((char) duart.read(RHRA));
                assertThat(duart.read(ISR)).isZero();
            }
            pass(1);
        }
        assertThat(got).hasToString("paste");
        assertThat(timers.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
    }

    @Test
    void statusPollingIsIdleOnlyWhileItChangesNothing() {
        assertThat(duart.isIdempotentRead(SRA)).isTrue();
        assertThat(duart.isIdempotentRead(RHRA)).isTrue();
        assertThat(duart.isIdempotentRead(ISR)).isTrue();
        duart.write(ISR, 2);
        console.type("x");
        assertThat(duart.isIdempotentRead(SRA)).isFalse();
        assertThat(duart.isIdempotentRead(RHRA)).isFalse();
        assertThat(duart.isIdempotentRead(SRB)).isTrue();
        duart.read(RHRA);
        assertThat(duart.isIdempotentRead(SRA)).as("line still high").isFalse();
        duart.read(SRA);
        assertThat(duart.isIdempotentRead(SRA)).isTrue();
    }

    @Test
    void resetClearsMaskStatusLineAndTimers() {
        duart.write(ISR, 3);
        console.type("xy");
        duart.read(RHRA);
        duart.reset();
        assertThat(line).isFalse();
        assertThat(duart.read(ISR)).isZero();
        assertThat(timers.nextDeadlineNs()).isEqualTo(TimerQueue.NEVER);
        assertThat(duart.read(RHRA)).isEqualTo('y');
    }

    @Test
    void snapshotCarriesLineMaskAndDeadlines() throws Exception {
        duart.write(ISR, 3);
        console.type("x");
        pass(5);
        SnapshotWriter saved = new SnapshotWriter();
        duart.save(saved);
        duart.reset();
        duart.restore(saved.reader("duart"));
        assertThat(line).isTrue();
        assertThat(duart.read(ISR)).isEqualTo(2);
        duart.read(SRA);
        pass(TICK_MS - 6);
        assertThat(line).isFalse();
        pass(1);
        assertThat(duart.read(ISR)).isEqualTo(0x13);
        assertThat(line).isTrue();
    }

    @Test
    void arbitraryAccessesAreHarmless() {
        Random random = new Random(2681);
        for (int i = 0; i < 20_000; i++) {
            int offset = random.nextInt(4) == 0 ? random.nextInt() : 0x404 + 4 * random.nextInt(32);
            duart.write(offset, random.nextInt());
            duart.read(offset);
            duart.isIdempotentRead(offset);
            if (i % 1_000 == 0) {
                pass(1);
                console.type("?");
            }
        }
        duart.reset();
        assertThat(line).isFalse();
    }
}
