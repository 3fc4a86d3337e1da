package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.exec.GuestMachine;

/** System calls go from unit to unit. */
class SystemCallPathTest {
    private static final long VECTOR = 0xffff_ffff_8000_0180L;
    private static final long LOOP = 0xffff_ffff_8020_0000L;
    private static final long MAPPED_LOOP = 0x40_0000;
    private static final int CALLS = 20_000;
    private static final String RETURN = "mfc0 $k0, $14\naddiu $k0, $k0, 4\nmtc0 $k0, $14\neret\n";
    private static final String FEW_TIMES_TO_A_UNIT = "dispatcher: \\d{1,3} times to a unit";

    private static GuestMachine machine(int status, long start) {
        GuestMachine machine = new GuestMachine(Eager.PATIENT);
        machine.load("addiu $t5, $t5, 1\n" + RETURN, VECTOR);
        machine.load("loop: addiu $t3, $t3, 1\nsyscall\nb loop\naddiu $t4, $t4, 1", LOOP);
        Cp0 cp0 = machine.cpu.cp0();
        cp0.write(Cp0.STATUS, 0, status);
        cp0.write(Cp0.ENTRY_HI, 0, MAPPED_LOOP);
        cp0.write(Cp0.ENTRY_LO0, 0, 0x20_0000 >>> 6 | 3);
        cp0.write(Cp0.ENTRY_LO1, 0, 1);
        cp0.tlbWriteIndexed();
        cp0.write(Cp0.EPC, 0, start);
        machine.start("eret");
        return machine;
    }

    @ParameterizedTest
    @ValueSource(ints = { 0x1000_0002, 0x1000_0012, 0x1000_00a2, 0x1000_000a })
    void theyDoNotPassTheDispatcher(int status) {
        boolean kernel = (status & 0x18) == 0;
        try (GuestMachine machine = machine(status, kernel ? LOOP : MAPPED_LOOP)) {
            assertThat(machine.run(9 * CALLS, 20_000)).isFalse();
            assertThat(machine.cpu.gpr(13)).isGreaterThan(CALLS - 10);
            assertThat(machine.cpu.gpr(12)).isGreaterThan(CALLS - 10);
            assertThat(machine.describeEngine()).containsPattern(FEW_TIMES_TO_A_UNIT);
        }
    }

    @Test
    void handlerOfTheOtherVectorsIsFound() {
        try (GuestMachine machine = machine(0x1000_0002, LOOP)) {
            machine.load("addiu $t6, $t6, 1\n" + RETURN, 0xffff_ffff_bfc0_0380L);
            assertThat(machine.run(9 * CALLS, 20_000)).isFalse();
            machine.cpu.cp0().write(Cp0.STATUS, 0, machine.cpu.cp0().status() | 0x0040_0000);
            long before = machine.cpu.gpr(13);
            assertThat(machine.run(9 * CALLS, 20_000)).isFalse();
            assertThat(machine.cpu.gpr(13) - before).isLessThan(2);
            assertThat(machine.cpu.gpr(14)).isGreaterThan(CALLS - 10);
            assertThat(machine.describeEngine()).containsPattern(FEW_TIMES_TO_A_UNIT);
        }
    }
}
