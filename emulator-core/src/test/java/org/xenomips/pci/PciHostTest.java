package org.xenomips.pci;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;

class PciHostTest {
    private static final int BUS_NUMBERS = 0x18;

    /** A function that stores whatever is written to its register 0x40. */
    private static final class Storage implements PciFunction {
        private final int id;
        private int stored;

        Storage(int id) {
            this.id = id;
        }

        @Override
        public int vendorDevice() {
            return id;
        }

        @Override
        public int configRead(int register) {
            return register == 0x40 ? stored : 0;
        }

        @Override
        public void configWrite(int register, int value) {
            stored = register == 0x40 ? value : stored;
        }

        @Override
        public void reset() {}

        @Override
        public void save(SnapshotWriter out) {}

        @Override
        public void restore(SnapshotReader in) {}
    }

    private final PciBus root = new PciBus("root");
    private final PciBus behind = new PciBus("behind");
    private final PciBus deep = new PciBus("deep");
    private final PciHost host = new PciHost(root);

    PciHostTest() {
        root.addBridge(1, PciBridge.of(0x0001_1011, behind));
        behind.add(0, new Storage(0x1111_2222));
        behind.addHiddenBridge(PciBridge.hidden(deep));
        deep.add(16, new Storage(0x1100_1013));
    }

    private int read(int bus, int device, int register) {
        host.setAddress(0x8000_0000 | bus << 16 | device << 11 | register);
        return host.read();
    }

    private void write(int bus, int device, int register, int value) {
        host.setAddress(bus << 16 | device << 11 | register);
        host.write(value);
    }

    @Test
    void absentFunctionHasAllOnesIdAndZeroElsewhere() {
        assertThat(read(0, 5, 0)).isEqualTo(-1);
        assertThat(read(0, 5, 4)).isZero();
        write(0, 5, 4, 1);
    }

    @Test
    void nothingIsReachableBehindAnUnprogrammedBridge() {
        assertThat(read(1, 0, 0)).isEqualTo(-1);
        write(0, 1, BUS_NUMBERS, 0x0001_0100);
        assertThat(read(1, 0, 0)).isEqualTo(0x1111_2222);
        write(1, 0, 0x40, 77);
        assertThat(read(1, 0, 0x40)).isEqualTo(77);
        write(0, 1, BUS_NUMBERS, 0x0004_0400);
        assertThat(read(1, 0, 0)).as("the old number").isEqualTo(-1);
        assertThat(read(4, 0, 0x40)).as("the new number").isEqualTo(77);
    }

    @Test
    void hiddenBridgeTakesTheFirstForeignBusNumberThatPassesIt() {
        write(0, 1, BUS_NUMBERS, 0x0005_0100);
        assertThat(read(2, 16, 0)).isEqualTo(0x1100_1013);
        assertThat(read(3, 16, 0)).isEqualTo(-1);
        assertThat(read(2, 16, 0)).isEqualTo(0x1100_1013);
    }

    @Test
    void registerNumberIsNotRoundedToAWord() {
        write(0, 1, BUS_NUMBERS, 0x0001_0100);
        assertThat(read(0, 1, BUS_NUMBERS)).isEqualTo(0x0001_0100);
        assertThat(read(0, 1, BUS_NUMBERS + 1)).isZero();
    }

    @Test
    void bridgesThatClaimTheirOwnBusNumberDoNotLoop() {
        write(0, 1, BUS_NUMBERS, 0x00ff_0000);
        assertThat(read(9, 0, 0)).isEqualTo(-1);
    }
}
