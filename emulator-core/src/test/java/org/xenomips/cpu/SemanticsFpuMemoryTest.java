package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

class SemanticsFpuMemoryTest {
    private static final long KSEG0 = 0xffff_ffff_8000_0000L;

    private final GuestRam ram = new GuestRam("RAM", 0x1_0000);
    private final PhysicalMap map = new PhysicalMap();
    private final Cpu cpu = new Cpu(CpuModel.R5000, 1_000_000, map, new VirtualClock(1_000_000), new TimerQueue());

    @BeforeEach
    void fillMemory() {
        map.mapRam("RAM", 0, 0x1_0000, ram, 0);
        ram.write(0x100, 8, 0x8123_4567_89ab_cdefL);
    }

    @AfterEach
    void freeMemory() {
        ram.close();
    }

    @Test
    void loadedWordLeavesTheOtherHalf() {
        cpu.fpu().setFr(true);
        cpu.fpu().setDoubleword(3, -1);
        SemanticsFpuMemory.lwc1(cpu, 3, KSEG0, 0x100);
        assertThat(cpu.fpu().doubleword(3)).isEqualTo(0xffff_ffff_8123_4567L);
        SemanticsFpuMemory.lwxc1(cpu, 3, KSEG0, 0x104);
        assertThat(cpu.fpu().doubleword(3)).isEqualTo(0xffff_ffff_89ab_cdefL);
    }

    @Test
    void wordsLoadedIntoAPairMakeADoubleword() {
        SemanticsFpuMemory.lwc1(cpu, 7, KSEG0, 0x100);
        SemanticsFpuMemory.lwc1(cpu, 6, KSEG0, 0x104);
        assertThat(cpu.fpu().doubleword(6)).isEqualTo(0x8123_4567_89ab_cdefL);
        SemanticsFpuMemory.sdxc1(cpu, 6, KSEG0, 0x200);
        SemanticsFpuMemory.swc1(cpu, 7, KSEG0, 0x20c);
        SemanticsFpuMemory.swxc1(cpu, 6, KSEG0, 0x208);
        assertThat(ram.read(0x200, 8)).isEqualTo(0x8123_4567_89ab_cdefL);
        assertThat(ram.read(0x208, 8)).isEqualTo(0x89ab_cdef_8123_4567L);
    }

    @Test
    void doublewordsGoBothWays() {
        SemanticsFpuMemory.ldc1(cpu, 2, KSEG0, 0x100);
        SemanticsFpuMemory.sdc1(cpu, 2, KSEG0, 0x300);
        SemanticsFpuMemory.ldxc1(cpu, 4, KSEG0, 0x300);
        assertThat(cpu.fpu().doubleword(4)).isEqualTo(0x8123_4567_89ab_cdefL);
    }

    @Test
    void misalignedAccessesChangeNothing() {
        assertThatThrownBy(() -> SemanticsFpuMemory.ldc1(cpu, 2, KSEG0, 0x104))
                .isInstanceOfSatisfying(GuestException.class, e -> assertThat(e.code()).isEqualTo(ExceptionCode.ADEL));
        assertThatThrownBy(() -> SemanticsFpuMemory.swc1(cpu, 2, KSEG0, 0x102))
                .isInstanceOfSatisfying(GuestException.class, e -> assertThat(e.code()).isEqualTo(ExceptionCode.ADES));
        assertThat(cpu.fpu().doubleword(2)).isZero();
        assertThat(ram.read(0x100, 8)).isEqualTo(0x8123_4567_89ab_cdefL);
    }
}
