package org.xenomips.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenomips.device.MmioDevice;

class PhysicalMapTest {
    private final PhysicalMap map = new PhysicalMap();
    private final GuestRam ram = new GuestRam("ram", 0x4000);

    @AfterEach
    void freeMemory() {
        ram.close();
    }

    /** Answers reads with its offset and notes every access. */
    private static final class Probe implements MmioDevice {
        final List<String> accesses = new ArrayList<>();

        @Override
        public long read(int offset, int sizeBytes) {
            accesses.add("r" + sizeBytes + "@" + Integer.toHexString(offset));
            return 0xffff_ffff_aabb_cc00L | offset;
        }

        @Override
        public void write(int offset, int sizeBytes, long value) {
            accesses.add("w" + sizeBytes + "@" + Integer.toHexString(offset) + "=" + Long.toHexString(value));
        }
    }

    @Test
    void nothingMappedReadsZeroAndSwallowsWrites() {
        map.write(0x1000, 4, 0x1234, false);
        assertThat(map.read(0x1000, 8, true)).isZero();
    }

    @Test
    void lowerBaseHidesHigherOne() {
        Probe probe = new Probe();
        map.mapDevice("device", 0x1000, 0x1000, false, probe);
        assertThat(map.read(0x1004, 1, false)).isEqualTo(4);
        map.mapRam("ram", 0, 0x4000, ram, 0);
        assertThat(map.read(0x1004, 4, false)).isZero();
        assertThat(probe.accesses).hasSize(1);
    }

    @Test
    void cachedAccessesDoNotSeeUncacheableDevices() {
        map.mapDevice("device", 0x1000, 0x1000, false, new Probe());
        assertThat(map.read(0x1004, 4, true)).isZero();
        assertThat(map.read(0x1004, 4, false)).isEqualTo(0xaabb_cc04L);
    }

    @Test
    void narrowReadDeliversTheLowOrderBits() {
        map.mapDevice("device", 0x1000, 0x1000, true, new Probe());
        assertThat(map.read(0x1008, 1, true)).isEqualTo(0x08);
        assertThat(map.read(0x1008, 2, true)).isEqualTo(0xcc08);
        assertThat(map.read(0x1008, 8, true)).isEqualTo(0xffff_ffff_aabb_cc08L);
    }

    @Test
    void movedRegionAnswersAtItsNewPlaceOnly() {
        Region region = map.mapDevice("device", 0x1000, 0x1000, false, new Probe());
        assertThat(map.read(0x1004, 1, false)).isEqualTo(4);
        map.move(region, 0x8000);
        assertThat(map.read(0x1004, 1, false)).isZero();
        assertThat(map.read(0x8004, 1, false)).isEqualTo(4);
        map.unmap(region);
        assertThat(map.read(0x8004, 1, false)).isZero();
    }

    @Test
    void listenersHearOfEveryChange() {
        int[] changes = new int[1];
        map.addListener(() -> changes[0]++);
        Region region = map.mapDevice("device", 0x1000, 0x1000, false, new Probe());
        map.move(region, 0x2000);
        map.unmap(region);
        map.unmap(region);
        assertThat(changes[0]).isEqualTo(3);
    }

    @Test
    void bit33IsAnAliasAndBit32IsNot() {
        map.mapRam("ram", 0, 0x4000, ram, 0);
        map.write(0x10, 4, 0xcafe, false);
        assertThat(map.read(0x2_0000_0010L, 4, false)).isEqualTo(0xcafe);
        assertThat(map.read(0x1_0000_0010L, 4, false)).isZero();
    }

    @Test
    void romIgnoresWrites() {
        ram.write(0, 4, 0x1234_5678);
        map.mapRom("rom", 0x1fc0_0000, ram);
        map.write(0x1fc0_0000, 4, 0, true);
        map.write(0x1fc0_0000, new byte[8], 0, 8);
        assertThat(map.read(0x1fc0_0000, 4, true)).isEqualTo(0x1234_5678L);
    }

    @Test
    void regionsWithinOnePageAreToldApart() {
        Probe first = new Probe();
        Probe second = new Probe();
        map.mapDevice("first", 0x1000, 0x80, false, first);
        map.mapDevice("second", 0x1080, 0x80, false, second);
        map.read(0x1000, 4, false);
        map.read(0x1080, 4, false);
        map.read(0x1100, 4, false);
        assertThat(first.accesses).containsExactly("r4@0");
        assertThat(second.accesses).containsExactly("r4@0");
    }

    @Test
    void dmaCrossesRegionsAndReachesDevicesInBigEndianWords() {
        Probe probe = new Probe();
        map.mapRam("ram", 0, 0x1000, ram, 0);
        map.mapDevice("device", 0x1000, 0x1000, false, probe);
        byte[] data = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 };
        map.write(0x0ffc, data, 0, data.length);
        assertThat(ram.read(0xffc, 4)).isEqualTo(0x0102_0304L);
        assertThat(probe.accesses).containsExactly("w4@0=5060708", "w2@4=90a", "w1@6=b");
        byte[] back = new byte[6];
        map.read(0x0ffe, back, 0, 6);
        assertThat(back).containsExactly(3, 4, (byte) 0xaa, (byte) 0xbb, (byte) 0xcc, 0);
    }

    @Test
    void windowLargerThanItsMemoryReadsZeroBehindIt() {
        map.mapRam("ram", 0x1000, 0x4000, ram, 0x2000);
        ram.write(0x3ff8, 4, 0x77);
        assertThat(map.read(0x2ff8, 4, true)).isEqualTo(0x77);
        assertThat(map.read(0x3000, 4, true)).isZero();
        map.write(0x3000, 4, 1, true);
    }
}
