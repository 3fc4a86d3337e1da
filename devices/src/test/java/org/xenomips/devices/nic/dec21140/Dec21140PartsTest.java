package org.xenomips.devices.nic.dec21140;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.xenomips.devices.nic.PacketPath.Step;

/** Rules of the chip's parts that need no driver to be seen. */
class Dec21140PartsTest {
    private static final long OTHER = 0x0200_5e10_9999L;

    @Test
    void broadcastHashesTo255() {
        assertThat(AddressFilter.hashIndex(0xffff_ffff_ffffL)).isEqualTo(255);
    }

    @Test
    void inverseFilterRejectsWhatIsListed() {
        AddressFilter filter = new AddressFilter();
        byte[] setup = new byte[AddressFilter.SETUP_BYTES];
        for (int entry = 0; entry < 16; entry++) {
            for (int i = 0; i < 6; i++) {
                setup[entry * 12 + i / 2 * 4 + i % 2] = Bench.MAC[i];
            }
        }
        long listed = AddressFilter.destination(Bench.MAC);
        filter.load(setup, AddressFilter.Mode.INVERSE);
        assertThat(filter.accepts(listed)).isFalse();
        assertThat(filter.accepts(OTHER)).isTrue();
        filter.load(setup, AddressFilter.Mode.PERFECT);
        assertThat(filter.accepts(listed)).isTrue();
        assertThat(filter.accepts(OTHER)).isFalse();
        filter.clear();
        assertThat(filter.accepts(listed)).isFalse();
    }

    @Test
    void hashOnlyFilterHashesStationAddressesToo() {
        AddressFilter filter = new AddressFilter();
        byte[] setup = new byte[AddressFilter.SETUP_BYTES];
        int index = AddressFilter.hashIndex(OTHER);
        setup[index / 16 * 4 + index % 16 / 8] = (byte) (1 << index % 8);
        filter.load(setup, AddressFilter.Mode.HASH_ONLY);
        assertThat(filter.accepts(OTHER)).isTrue();
        assertThat(filter.accepts(OTHER ^ 1)).isFalse();
        filter.load(setup, AddressFilter.Mode.HASH);
        assertThat(filter.accepts(OTHER)).as("not a group, not the station").isFalse();
    }

    @Test
    void serialRomChecksumCoversItsFirst126Bytes() {
        byte[] rom = SerialRom.image(Bench.MAC);
        CRC32 crc = new CRC32();
        crc.update(rom, 0, 126);
        assertThat((rom[126] & 0xff | (rom[127] & 0xff) << 8)).isEqualTo((int) crc.getValue() & 0xffff);
    }

    @Test
    void serialRomAvoidsAddressesThatDriversTakeForExchangedBytes() {
        byte[] mac = { 2, 0, 0x5e, 1, 2, 3 };
        assertThat(Arrays.copyOfRange(SerialRom.image(mac), 20, 26)).containsExactly(6, 0, 0x5e, 1, 2, 3);
        mac[0] = (byte) 0xa0;
        assertThat(SerialRom.image(mac)[20]).isEqualTo((byte) 0xa4);
        mac[1] = 1;
        assertThat(SerialRom.image(mac)[20]).isEqualTo((byte) 0xa0);
    }

    @Test
    void serialRomReadRunsOnToTheNextWord() {
        SerialRom rom = new SerialRom(Bench.MAC);
        int command = 1 << 8 | 2 << 6 | 10;
        int pins = 0x801;
        rom.drive(0x800);
        for (int i = 8; i >= 0; i--) {
            int data = (command >> i & 1) << 2;
            assertThat(rom.output()).isTrue();
            rom.drive(pins | data);
            rom.drive(pins | data | 2);
        }
        assertThat(rom.output()).as("0 from the last address bit on").isFalse();
        int value = 0;
        for (int i = 0; i < 32; i++) {
            rom.drive(pins);
            rom.drive(pins | 2);
            value = value << 1 | (rom.output() ? 1 : 0);
        }
        assertThat(value).isEqualTo(0x01ca_3412);
        rom.drive(0x800);
        assertThat(rom.output()).isTrue();
    }

    @Test
    void islFrameGetsItsInnerChecksum() {
        byte[] frame = Bench.frame(0x0100_0c00_1000L, 16 + 64, 14 + 12 + 64 + 4, 3);
        byte[] inner = Arrays.copyOfRange(frame, 26, 26 + 64);
        IslTrailer.finish(frame, frame.length);
        CRC32 crc = new CRC32();
        crc.update(inner);
        assertThat(frame[4]).isZero();
        for (int i = 0; i < 4; i++) {
            assertThat(frame[frame.length - 4 + i]).isEqualTo((byte) (crc.getValue() >>> 8 * i));
        }
    }

    @Test
    void islFrameWithAnImpossibleLengthIsLeftAlone() {
        for (int length : new int[]{ 0, 15, 0xffff }) {
            byte[] frame = Bench.frame(0x0100_0c00_1000L, length, 100, 3);
            byte[] before = frame.clone();
            IslTrailer.finish(frame, frame.length);
            assertThat(frame).isEqualTo(before);
        }
    }

    @Test
    void loopbackReturnsFramesToTheReceiverAndIgnoresTheLink() {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            byte[] frame = Bench.frame(OTHER, 0x0800, 64, 1);
            bench.bytes(0x2_0000, frame);
            bench.word(0x1_0004, 0x0200_0640);
            bench.word(0x1_0008, 0x3_0000);
            bench.word(0x1_0000, 0x8000_0000);
            bench.word(0x1_1004, 0x6200_0040);
            bench.word(0x1_1008, 0x2_0000);
            bench.word(0x1_1000, 0x8000_0000);
            bench.csr(3, 0x1_0000);
            bench.csr(4, 0x1_1000);
            bench.csr(6, 0x2442);
            assertThat(bench.bytes(0x3_0000, 64)).isEqualTo(frame);
            assertThat(bench.port.sent).isEmpty();
            bench.deliver(frame);
            assertThat(bench.chip.packetPath().get(Step.RX_OFF)).isEqualTo(1);
        }
    }

    @Test
    void receiveAllMarksFramesThatFailedTheFilter() {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            bench.word(0x1_0004, 0x0200_0640);
            bench.word(0x1_0008, 0x3_0000);
            bench.word(0x1_0000, 0x8000_0000);
            bench.csr(3, 0x1_0000);
            bench.csr(6, 0x4000_0002);
            bench.deliver(Bench.frame(OTHER, 0x0800, 64, 1));
            assertThat(bench.word(0x1_0000)).isEqualTo(0x4044_0300);
            bench.word(0x1_0000, 0x8000_0000);
            bench.deliver(Bench.frame(0xffff_ffff_ffffL, 0x0800, 64, 1));
            assertThat(bench.word(0x1_0000)).isEqualTo(0x0044_0700);
        }
    }

    @Test
    void passAllMulticastPassesGroupsOnly() {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            bench.word(0x1_0004, 0x0200_0640);
            bench.word(0x1_0008, 0x3_0000);
            bench.word(0x1_0000, 0x8000_0000);
            bench.csr(3, 0x1_0000);
            bench.csr(6, 0x0082);
            bench.deliver(Bench.frame(OTHER, 0x0800, 64, 1));
            assertThat(bench.word(0x1_0000)).isNegative();
            bench.deliver(Bench.frame(0x0100_5e01_0203L, 0x0800, 64, 1));
            assertThat(bench.word(0x1_0000)).isEqualTo(0x0044_0700);
        }
    }

    @Test
    void descriptorSkipLengthSeparatesUnchainedDescriptors() {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            bench.csr(0, 3 << 2);
            for (int i = 0; i < 2; i++) {
                bench.word(0x1_0004 + i * 28, 0x0000_0640 | i * 0x0200_0000);
                bench.word(0x1_0008 + i * 28, 0x3_0000);
                bench.word(0x1_0000 + i * 28, 0x8000_0000);
            }
            bench.csr(3, 0x1_0000);
            bench.csr(6, 0x0042);
            bench.deliver(Bench.frame(OTHER, 0x0800, 64, 1));
            bench.deliver(Bench.frame(OTHER, 0x0800, 65, 1));
            assertThat(bench.word(0x1_0000)).isEqualTo(0x0044_0300);
            assertThat(bench.word(0x1_0000 + 28)).isEqualTo(0x0045_0300);
        }
    }

    @Test
    void bigEndianBuffersAreReversedByASwappingBridge() {
        try (Bench bench = new Bench(true)) {
            bench.mapBare(0x1000_0000);
            bench.csr(0, 1 << 7 | 1 << 20);
            bench.map.writeWord(0x1_0004, 0x0200_0640);
            bench.map.writeWord(0x1_0008, 0x3_0000);
            bench.map.writeWord(0x1_0000, 0x8000_0000);
            bench.csr(3, 0x1_0000);
            bench.csr(6, 0x0042);
            byte[] frame = Bench.frame(OTHER, 0x0800, 64, 1);
            bench.deliver(frame);
            assertThat(bench.map.readWord(0x1_0000)).isEqualTo(0x0044_0300);
            byte[] stored = bench.bytes(0x3_0000, 64);
            for (int i = 0; i < 64; i++) {
                assertThat(stored[i ^ 3]).isEqualTo(frame[i]);
            }
        }
    }

    @Test
    void pollingTheStatusRegisterIsIdleAndReadingTheMissedCountIsNot() {
        try (Bench bench = new Bench(false)) {
            assertThat(bench.chip.isIdempotentRead(5 * 8)).isTrue();
            assertThat(bench.chip.isIdempotentRead(9 * 8)).isTrue();
            assertThat(bench.chip.isIdempotentRead(8 * 8)).isFalse();
        }
    }

    @Test
    void unpluggedPortDropsFramesAndHasNoLink() {
        try (Bench bench = new Bench(false)) {
            bench.mapBare(0x1000_0000);
            bench.chip.connect(null);
            bench.word(0x1_1004, 0x6200_0040);
            bench.word(0x1_1000, 0x8000_0000);
            bench.csr(4, 0x1_1000);
            bench.csr(6, 0x2000);
            assertThat(bench.word(0x1_1000)).isZero();
            assertThat(bench.chip.packetPath().get(Step.TX_UNPLUGGED)).isEqualTo(1);
            assertThat(new TulipDriver(bench).mdioRead(1, 1) & 4).isZero();
        }
    }
}
