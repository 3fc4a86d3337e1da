package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** CP0 registers and TLB entries as a program reads and writes them. */
class Cp0Test {
    private static Cpu cpu(CpuModel model) {
        return new Cpu(model, model.hertz(), new PhysicalMap(), new VirtualClock(model.hertz()), new TimerQueue());
    }

    @ParameterizedTest
    @CsvSource({ "0, 3f", "2, 3fffffff", "3, 3fffffff", "4, ffffffffff800000", "5, 1ffe000", "6, 3f", "7, 20000000",
            "8, 0",
            "10, c00000ffffffe0ff", "12, ffffffffff77ffff", "13, 1000300", "14, ffffffffffffffff", "15, 2721",
            "16, c08ff7",
            "18, e000000ffffffffc", "19, e000000ffffffffc", "24, ffffffffffffffff",
            "20, fffffffe00000000", "28, ffffffffffffffff", "30, ffffffffffffffff" })
    void onlyWritableBitsKeepWhatIsWritten(int register, String expected) {
        Cp0 cp0 = cpu(CpuModel.RM7000).cp0();
        cp0.write(register, 0, -1);
        assertThat(Long.toHexString(cp0.read(register, 0))).isEqualTo(expected);
    }

    @Test
    void resetIsWhatBootRomsExpect() {
        Cpu cpu = cpu(CpuModel.RM7000);
        cpu.cp0().write(Cp0.STATUS, 0, -1);
        cpu.cp0().write(Cp0.WIRED, 0, 5);
        cpu.setPc(0);
        cpu.reset();
        assertThat(cpu.pc()).isEqualTo(0xffff_ffff_bfc0_0000L);
        assertThat(cpu.gpr(29)).isEqualTo(0xffff_ffff_8000_4000L);
        assertThat(cpu.cp0().read(Cp0.STATUS, 0)).isEqualTo(0x0040_0000);
        assertThat(cpu.cp0().read(Cp0.CONFIG, 0)).isEqualTo(0x00c0_8ff0);
        assertThat(cpu.cp0().read(Cp0.WIRED, 0)).isZero();
        assertThat(cpu.tlb().find(0, 0)).as("nothing was written, nothing matches").isEqualTo(-1);
    }

    @ParameterizedTest
    @EnumSource
    void everyModelHasItsIdentityAndItsTlb(CpuModel model) {
        Cpu cpu = cpu(model);
        assertThat(cpu.cp0().read(Cp0.PRID, 0)).isEqualTo(model.prid());
        assertThat(cpu.tlb().size()).isEqualTo(model.tlbEntries());
        cpu.cp0().write(Cp0.INDEX, 0, 63);
        cpu.cp0().write(Cp0.ENTRY_LO0, 0, 2);
        cpu.cp0().tlbWriteIndexed();
        assertThat(cpu.tlb().isWritten(cpu.tlb().size() - 1)).isEqualTo(model.tlbEntries() == 64);
    }

    @ParameterizedTest
    @CsvSource({ "2000, 0", "4000, 6000", "6000, 6000", "1e000, 1e000", "1a000, 0", "1c000, 1e000", "18000, 0",
            "1ffe000, 1ffe000" })
    void pageMaskWorksInPairsOfBits(String written, String kept) {
        Cpu cpu = cpu(CpuModel.R5000);
        cpu.cp0().write(Cp0.PAGE_MASK, 0, Long.parseLong(written, 16));
        cpu.cp0().write(Cp0.ENTRY_HI, 0, 0x4fff_e012);
        cpu.cp0().tlbWriteIndexed();
        cpu.cp0().tlbRead();
        assertThat(Long.toHexString(cpu.cp0().read(Cp0.PAGE_MASK, 0))).isEqualTo(kept);
        assertThat(cpu.cp0().read(Cp0.ENTRY_HI, 0)).as("bits under the mask are cleared")
                .isEqualTo(0x4fff_e012 & ~Long.parseLong(kept, 16));
    }

    @Test
    void setOneRegistersAreStorageOnTheRm7000() {
        Cp0 cp0 = cpu(CpuModel.RM7000).cp0();
        cp0.writeSet1(18, 0x1234);
        cp0.writeSet1(16, 0x1234);
        assertThat(cp0.readSet1(18)).isEqualTo(0x1234);
        assertThat((int) cp0.readSet1(16)).isEqualTo(0xfe00_0000);
        assertThat(cp0.read(18, 1)).isEqualTo(0x1234);
    }

    @Test
    void dumpShowsRegistersAndValidEntries() throws IOException {
        Cpu cpu = cpu(CpuModel.RM7000);
        cpu.setGpr(2, 0x1234_5678);
        cpu.cp0().write(Cp0.INDEX, 0, 3);
        cpu.cp0().write(Cp0.ENTRY_HI, 0, 0x6000_0005);
        cpu.cp0().write(Cp0.ENTRY_LO0, 0, 0x1000 >>> 6 | 0x1e);
        cpu.cp0().tlbWriteIndexed();
        var text = new StringBuilder();
        cpu.dump(text);
        assertThat(text.toString()).contains("v0 ($ 2): 0x0000000012345678")
                .contains(" 3: vaddr=0x0000000060000000 asid=0x05   size=4 KB   p0=0x000001000 C=3 D");
    }
}
