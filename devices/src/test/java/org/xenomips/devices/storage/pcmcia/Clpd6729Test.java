package org.xenomips.devices.storage.pcmcia;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.SnapshotWriter;

class Clpd6729Test {
    private final Clpd6729 chip = new Clpd6729(true, false);
    private final MmioDevice ports = chip.ioPorts();

    private int read(int index) {
        ports.write(0x403, 1, index);
        return (int) ports.read(0x402, 1);
    }

    private void write(int index, int value) {
        ports.write(0x403, 1, index);
        ports.write(0x402, 1, value);
    }

    @Test
    void registersAtResetAreThoseOfASocketWithACard() {
        Map<Integer, Integer> found = new TreeMap<>();
        for (int i = 0; i < 0x40; i++) {
            if (read(i) != 0) {
                found.put(i, read(i));
            }
        }
        assertThat(found).isEqualTo(Map.of(0x00, 0x48, 0x01, 0xef, 0x03, 0x40, 0x17, 0x80));
    }

    @Test
    void secondSocketIsEmptyAndHigherIndexesAreNothing() {
        assertThat(read(0x41)).isEqualTo(0x80);
        assertThat(read(0x40)).isEqualTo(0x48);
        write(0x80, 0xff);
        assertThat(read(0x80)).isZero();
        assertThat(read(0xff)).isZero();
        assertThat(ports.read(0x403, 1)).isEqualTo(0xff);
    }

    @Test
    void windowRegistersStorePerSocketAndConstantsDoNot() {
        write(0x10, 0x15a);
        assertThat(read(0x10)).isEqualTo(0x5a);
        assertThat(read(0x50)).isZero();
        for (int constant : new int[]{ 0x00, 0x01, 0x03, 0x17, 0x2e }) {
            int before = read(constant);
            write(constant, before ^ 0xff);
            assertThat(read(constant)).isEqualTo(before);
        }
    }

    @Test
    void otherPortsReadZero() {
        assertThat(ports.read(0x400, 4)).isZero();
        assertThat(ports.read(-1, 1)).isZero();
        ports.write(0x3e0, 1, 0x10);
        assertThat(ports.read(0x403, 1)).isZero();
    }

    @Test
    void configurationSpaceHasOnlyTheIds() {
        assertThat(chip.vendorDevice()).isEqualTo(0x1100_1013);
        chip.configWrite(0x10, -1);
        assertThat(chip.configRead(0x10)).isZero();
    }

    @Test
    void snapshotAndReset() throws Exception {
        write(0x55, 0x77);
        SnapshotWriter saved = new SnapshotWriter();
        chip.save(saved);
        chip.reset();
        assertThat(ports.read(0x403, 1)).isZero();
        assertThat(read(0x55)).isZero();
        chip.restore(saved.reader("pcmcia"));
        assertThat(ports.read(0x402, 1)).isEqualTo(0x77);
    }
}
