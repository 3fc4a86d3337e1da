package org.xenomips.devices.nic.dec21140;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;

/** A saved chip goes on exactly where it was, in the middle of everything it can be in the middle of. */
class Dec21140SnapshotTest {
    private static final long ME = AddressFilter.destination(Bench.MAC);

    private static Bench copyOf(Bench bench) throws SnapshotException {
        SnapshotWriter out = new SnapshotWriter();
        bench.chip.save(out);
        Bench copy = new Bench(bench.swap);
        copy.ram.write(0, bench.bytes(0, (int) Bench.RAM_SIZE), 0, (int) Bench.RAM_SIZE);
        copy.base = bench.base;
        copy.clock.restore(bench.clock.state());
        copy.chip.restore(out.reader("chip"));
        return copy;
    }

    private static List<Integer> everything(Bench bench) {
        List<Integer> state = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            state.add(bench.csr(i));
        }
        for (int i = 0; i < 0x100; i += 4) {
            state.add(bench.config(i));
        }
        state.add(bench.interrupt.get() ? 1 : 0);
        return state;
    }

    @Test
    void trafficContinuesFromTheSamePoint() throws SnapshotException {
        try (Bench bench = new Bench(true)) {
            TulipDriver driver = new TulipDriver(bench);
            driver.scan(0x1200_0000);
            driver.up();
            for (int i = 0; i < 50; i++) {
                bench.deliver(Bench.frame(ME, 0x0800, 60 + i, i));
                driver.transmit(Bench.frame(0x0200_0000_0007L, 0x0800, 60 + i, i));
                if (i % 7 == 0) {
                    driver.interrupt();
                }
            }
            bench.csr(11, 100);
            bench.advance(1_000_000);
            try (Bench copy = copyOf(bench)) {
                bench.port.sent.clear();
                for (Bench b : new Bench[]{ bench, copy }) {
                    b.deliver(Bench.frame(ME, 0x0800, 99, 5));
                    b.deliver(Bench.frame(0x0200_0000_0007L, 0x0800, 99, 5));
                    b.advance(8_000_000);
                    b.csr(1, 0);
                }
                assertThat(everything(copy)).isEqualTo(everything(bench));
                assertThat(copy.bytes(0, (int) Bench.RAM_SIZE)).isEqualTo(bench.bytes(0, (int) Bench.RAM_SIZE));
                assertThat(copy.csr(5) & 0x800).as("the timer expired in both").isEqualTo(0x800);
            }
        }
    }

    @Test
    void managementAndSerialRomTransactionsContinue() throws SnapshotException {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            int header = 0x1_ffff << 14 | 1 << 12 | 2 << 10 | 1 << 5 | 1;
            for (int i = 30; i >= 0; i--) {
                int value = (header >> i & 1) << 17;
                bench.csr(9, value);
                bench.csr(9, value | 0x1_0000);
            }
            for (int i = 0; i < 5; i++) {
                bench.csr(9, 0x4_0000);
                bench.csr(9, 0x5_0000);
            }
            try (Bench copy = copyOf(bench)) {
                int value = 0;
                for (int i = 0; i < 12; i++) {
                    copy.csr(9, 0x4_0000);
                    copy.csr(9, 0x5_0000);
                    value = value << 1 | copy.csr(9) >> 19 & 1;
                }
                assertThat(value).isEqualTo(0x782d & 0xfff);
            }
        }
    }

    @Test
    void polledTransmissionGoesOn() throws SnapshotException {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            bench.csr(4, 0x1_0000);
            bench.csr(6, 0x2000);
            bench.advance(500_000_000);
            try (Bench copy = copyOf(bench)) {
                copy.word(0x1_0004, 0x6200_0040);
                copy.word(0x1_0000, 0x8000_0000);
                copy.advance(10_000_000);
                assertThat(copy.port.sent).hasSize(1);
            }
        }
    }
}
