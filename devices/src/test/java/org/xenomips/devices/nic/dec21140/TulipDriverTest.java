package org.xenomips.devices.nic.dec21140;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.devices.nic.PacketPath.Step;

/** The chip under a stock driver, with the system controller exchanging bytes (as Linux wants) and without. */
@ParameterizedClass
@ValueSource(booleans = { true, false })
class TulipDriverTest {
    private static final long ME = AddressFilter.destination(Bench.MAC);
    private static final long BROADCAST = 0xffff_ffff_ffffL;
    private static final long OTHER = 0x0200_5e10_9999L;
    private static final int WINDOW = 0x1200_0080;

    private final Bench bench;
    private final TulipDriver driver;

    TulipDriverTest(boolean swap) {
        bench = new Bench(swap);
        driver = new TulipDriver(bench);
        driver.scan(WINDOW);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void scanFindsBothWindowsAndTheInterruptPin() {
        assertThat(driver.size(0x10)).isEqualTo(0xffff_ff81);
        assertThat(driver.size(0x14)).isEqualTo(0xffff_ff80);
        assertThat(bench.config(0x3c)).isEqualTo(0x2814_0109);
        assertThat(bench.config(0x04)).isEqualTo(0x0280_0007);
        assertThat(bench.csr(5)).isEqualTo(0xfc00_0000);
    }

    @Test
    void serialRomHasSixAddressBitsTheStationAddressAndAnMiiLeaf() {
        assertThat(driver.serialRom(0xff, 8) & 0x4_0000).isZero();
        byte[] image = driver.serialRomImage();
        assertThat(image).isEqualTo(SerialRom.image(Bench.MAC));
        assertThat(Arrays.copyOfRange(image, 20, 26)).isEqualTo(Bench.MAC);
        assertThat(Arrays.copyOfRange(image, 0, 8)).isNotEqualTo(Arrays.copyOfRange(image, 16, 24));
        int leaf = image[27];
        assertThat(image[leaf + 4] & 0x80).as("extended block").isNotZero();
        assertThat(image[leaf + 5]).as("MII").isEqualTo((byte) 1);
    }

    @Test
    void exactlyOneTransceiverAnswers() {
        assertThat(driver.transceivers()).containsExactly(1);
        assertThat(driver.mdioRead(1, 0)).isEqualTo(0x3100);
        assertThat(driver.mdioRead(1, 1)).isEqualTo(0x782d);
        assertThat(driver.mdioRead(1, 2)).isEqualTo(0x2000);
        assertThat(driver.mdioRead(1, 3)).isEqualTo(0x5c01);
        assertThat(driver.mdioRead(1, 5)).isEqualTo(0x45e1);
        assertThat(driver.mdioRead(7, 1)).isEqualTo(0xffff);
        driver.mdioWrite(1, 4, 0x0141);
        driver.mdioWrite(1, 0, 0x1200);
        assertThat(driver.mdioRead(1, 4)).isEqualTo(0x0141);
        assertThat(driver.mdioRead(1, 0)).as("restart clears itself").isEqualTo(0x1000);
        driver.mdioWrite(1, 0, 0x8000);
        assertThat(driver.mdioRead(1, 0)).as("reset").isEqualTo(0x3100);
    }

    @Test
    void linkBitFollowsThePortAndLatchesLow() {
        bench.port.setLink(false);
        bench.link.poll();
        assertThat(driver.mdioRead(1, 1)).isEqualTo(0x7809);
        bench.port.setLink(true);
        bench.link.poll();
        bench.port.setLink(false);
        bench.link.poll();
        bench.port.setLink(true);
        bench.link.poll();
        assertThat(driver.mdioRead(1, 1) & 4).as("lost in between").isZero();
        assertThat(driver.mdioRead(1, 1)).isEqualTo(0x782d);
    }

    @Test
    void framesGoBothWaysWithInterrupts() {
        driver.up();
        driver.interrupt();
        assertThat(bench.interrupt).isFalse();
        bench.deliver(Bench.frame(ME, 0x0800, 98, 1));
        assertThat(bench.interrupt).isTrue();
        driver.interrupt();
        assertThat(bench.interrupt).isFalse();
        assertThat(driver.received).containsExactly(Bench.frame(ME, 0x0800, 98, 1));
        assertThat(driver.transmit(Bench.frame(BROADCAST, 0x0806, 42, 2))).isTrue();
        assertThat(bench.port.sent).hasSize(1);
        assertThat(bench.port.sent.getFirst()).hasSize(60).startsWith(Bench.frame(BROADCAST, 0x0806, 42, 2));
        assertThat(bench.chip.packetPath().get(Step.RX_STORED)).isEqualTo(1);
        assertThat(bench.chip.packetPath().get(Step.TX_SENT)).isEqualTo(1);
    }

    @Test
    void addressFilterIsPerfect() {
        driver.up();
        bench.deliver(Bench.frame(OTHER, 0x0800, 60, 0));
        bench.deliver(Bench.frame(0x0100_5e00_0005L, 0x0800, 60, 0));
        bench.deliver(Bench.frame(BROADCAST, 0x0800, 60, 0));
        bench.deliver(Bench.frame(ME, 0x0800, 60, 0));
        driver.interrupt();
        assertThat(driver.received).hasSize(2);
        assertThat(bench.chip.packetPath().get(Step.RX_FILTERED)).isEqualTo(2);
    }

    @Test
    void manyGroupsAreFilteredByHash() {
        driver.up();
        driver.transmit(Bench.frame(BROADCAST, 0x0800, 60, 0));
        List<Long> groups = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            groups.add(0x0100_5e00_0100L + i * 3);
        }
        driver.setGroups(groups);
        assertThat(bench.csr(6) & 0x15).as("hash image in CSR6").isEqualTo(1);
        for (long group : groups) {
            bench.deliver(Bench.frame(group, 0x0800, 60, 0));
        }
        bench.deliver(Bench.frame(ME, 0x0800, 60, 0));
        bench.deliver(Bench.frame(BROADCAST, 0x0800, 60, 0));
        driver.interrupt();
        assertThat(driver.received).hasSize(22);
        bench.deliver(Bench.frame(OTHER, 0x0800, 60, 0));
        for (int i = 0; i < 100; i++) {
            bench.deliver(Bench.frame(0x0100_5e7f_0000L + i, 0x0800, 60, 0));
            driver.interrupt();
        }
        int strangers = driver.received.size() - 22;
        assertThat(strangers).as("a 512-bit table with 21 bits set lets few pass").isLessThan(15);
    }

    @Test
    void longTrafficLosesNothing() {
        driver.up();
        int sent = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 50; i++) {
                bench.deliver(Bench.frame(ME, 0x0800, 60 + (round * 50 + i) % 1454, i));
            }
            for (int i = 0; i < 25; i++) {
                sent += driver.transmit(Bench.frame(OTHER, 0x0800, 60 + i, i)) ? 1 : 0;
            }
            driver.interrupt();
        }
        assertThat(driver.received).hasSize(2000);
        assertThat(driver.receiveErrors).isZero();
        assertThat(driver.received.get(1234)).isEqualTo(Bench.frame(ME, 0x0800, 60 + 1234, 1234 % 50));
        assertThat(sent).isEqualTo(1000);
        assertThat(bench.port.sent).hasSize(1000);
    }

    @Test
    void exhaustedReceiveRingRaisesRuCountsAndRecoversWithTheNextFrame() {
        driver.up();
        for (int i = 0; i < TulipDriver.RX_RING + 10; i++) {
            bench.deliver(Bench.frame(ME, 0x0800, 60, i));
        }
        assertThat(bench.csr(5) & 0x000e_0080).as("RU and suspended").isEqualTo(0x0008_0080);
        driver.interrupt();
        assertThat(driver.received).hasSize(TulipDriver.RX_RING);
        assertThat(driver.unavailableSeen).isEqualTo(1);
        assertThat(driver.missed).isEqualTo(10);
        assertThat(bench.csr(8)).as("cleared by the read").isZero();
        bench.deliver(Bench.frame(ME, 0x0800, 60, 99));
        driver.interrupt();
        assertThat(driver.received).hasSize(TulipDriver.RX_RING + 1);
    }

    @Test
    void receivePollDemandEndsSuspension() {
        driver.up();
        for (int i = 0; i < TulipDriver.RX_RING + 1; i++) {
            bench.deliver(Bench.frame(ME, 0x0800, 60, i));
        }
        driver.interrupt();
        bench.csr(2, 0);
        assertThat(bench.csr(5) >> 17 & 7).isEqualTo(3);
    }

    @Test
    void ringRunDryRaisesTuSoThatUnrequestedCompletionsAreReclaimed() {
        driver.up();
        driver.interrupt();
        driver.transmit(Bench.frame(OTHER, 0x0800, 60, 0));
        assertThat(bench.csr(5) & 5).as("TU without TI").isEqualTo(4);
        assertThat(bench.csr(5) >> 20 & 7).as("suspended").isEqualTo(6);
        assertThat(bench.interrupt).isTrue();
        driver.interrupt();
        assertThat(driver.txReclaimed).as("the setup frame and this one").isEqualTo(2);
        assertThat(bench.interrupt).isFalse();
        bench.advance(1_000_000_000);
        assertThat(bench.interrupt).as("looking again finds nothing new to report").isFalse();
    }

    @Test
    void driverThatWritesPollDemandsCausesNoTimers() {
        driver.up();
        driver.transmit(Bench.frame(OTHER, 0x0800, 60, 0));
        assertThat(bench.timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
        bench.deliver(Bench.frame(ME, 0x0800, 60, 0));
        assertThat(bench.timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void generalPurposeTimerCallsTheDriverBack() {
        driver.up();
        driver.interrupt();
        driver.startTimer(12);
        bench.advance(12 * 81_920 - 1);
        assertThat(bench.interrupt).isFalse();
        bench.advance(1);
        assertThat(bench.interrupt).isTrue();
        driver.interrupt();
        assertThat(driver.timerSeen).isEqualTo(1);
        assertThat(bench.interrupt).isFalse();
        bench.advance(1_000_000_000);
        assertThat(bench.interrupt).isFalse();
    }

    @Test
    void continuousTimerExpiresAgainAndZeroStopsIt() {
        driver.up();
        driver.interrupt();
        driver.startTimer(0x1_000a);
        for (int i = 0; i < 3; i++) {
            bench.advance(819_200);
            assertThat(bench.csr(5) & 0x800).isEqualTo(0x800);
            bench.csr(5, 0x800);
            assertThat(bench.csr(5) & 0x800).isZero();
        }
        bench.csr(11, 0);
        bench.advance(10_000_000);
        assertThat(bench.csr(5) & 0x800).isZero();
    }

    @Test
    void maskedInterruptsStayPending() {
        driver.up();
        driver.interrupt();
        bench.csr(7, TulipDriver.VALID_INTERRUPTS & ~TulipDriver.RX_POLL_INTERRUPTS);
        bench.deliver(Bench.frame(ME, 0x0800, 60, 0));
        assertThat(bench.interrupt).isFalse();
        assertThat(bench.csr(5) & 0x1_0040).as("pending, not summarised").isEqualTo(0x40);
        bench.csr(7, TulipDriver.VALID_INTERRUPTS);
        assertThat(bench.interrupt).isTrue();
        bench.csr(5, 0x1_8000);
        assertThat(bench.interrupt).as("clearing the summary alone changes nothing").isTrue();
    }

    @Test
    void interfaceGoesDownQuietlyAndComesUpAgain() {
        for (int i = 0; i < 5; i++) {
            driver.up();
            bench.deliver(Bench.frame(ME, 0x0800, 60, i));
            driver.interrupt();
            driver.transmit(Bench.frame(OTHER, 0x0800, 60, i));
            assertThat(driver.down()).isTrue();
            assertThat(bench.interrupt).isFalse();
            bench.deliver(Bench.frame(ME, 0x0800, 60, i));
            assertThat(bench.interrupt).isFalse();
        }
        assertThat(driver.received).hasSize(5);
        assertThat(bench.port.sent).hasSize(5);
    }

    @Test
    void stoppedProcessesAreReportedToDriversThatAskedForIt() {
        driver.up();
        bench.csr(6, TulipDriver.MII_MODE);
        assertThat(bench.csr(5) & 0x8102).as("TPS, RPS, AIS").isEqualTo(0x8102);
        assertThat(bench.interrupt).isTrue();
        bench.csr(5, 0x102);
        assertThat(bench.interrupt).isFalse();
    }

    @Test
    void removalTakesTheChipOffTheBus() {
        driver.up();
        bench.deliver(Bench.frame(ME, 0x0800, 60, 0));
        bench.chip.remove();
        assertThat(bench.interrupt).isFalse();
        assertThat(bench.map.regions()).hasSize(1);
        assertThat(bench.timers.nextDeadlineNs()).isEqualTo(Long.MAX_VALUE);
    }
}
