package org.xenomips.jit.lockstep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.cpu.Cp0;
import org.xenomips.exec.EngineDifferenceException;
import org.xenomips.exec.GuestMachine;
import org.xenomips.jit.Eager;
import org.xenomips.jit.JitEngine;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.Unit;
import org.xenomips.memory.HostMemory;

/** Units that do something wrong are found out in the segment in which they do it, and the report says what. */
class LockstepTest {
    private static final int DATA = 0x10_0000;
    private static final String LOOP = """
                    lui   $a0, 0x8010
                    lui   $gp, 0xbe00
            outer:  ori   $t0, $zero, 40
            loop:   addiu $t0, $t0, -1
                    addu  $v0, $v0, $t0
                    bgtz  $t0, loop
                    sw    $v0, 16($a0)
                    b     outer
                    sw    $v0, 8($gp)
            """;

    private final GuestMachine machine = new GuestMachine(Eager.LOCKSTEP);
    private final JitEngine engine = (JitEngine) machine.engine;
    private Unit right = link().unit;

    @BeforeEach
    void translateTheLoop() {
        machine.cpu.cp0().write(Cp0.STATUS, 0, 0x1000_0000);
        machine.start(LOOP);
        assertThat(machine.run(10_000)).isFalse();
        assertThat(link().isResolved()).as("the loop is translated").isTrue();
        right = link().unit;
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private Link link() {
        return engine.link(GuestMachine.CODE + 12, machine.cpu.cp0().contextKey());
    }

    /** Something a wrong unit does after the right one. */
    private interface Mistake {
        long make(long returned);
    }

    private AbstractThrowableAssert<?, ?> assertFound(Mistake mistake) {
        link().unit = new Unit() {
            @Override
            public long run(int depth) {
                return mistake.make(right.run(depth));
            }
        };
        return assertThatThrownBy(() -> machine.run(10_000)).isInstanceOf(EngineDifferenceException.class);
    }

    private long hostData(int offset) {
        return machine.ram.hostBase() + DATA + offset;
    }

    @Test
    void rightUnitsChangeNothing() {
        int before = machine.written.size();
        assertThat(machine.run(10_000)).isFalse();
        assertThat(machine.written).hasSizeGreaterThan(before);
        assertThat(machine.written.getLast()).isEqualTo(machine.written.size() * 39L * 20);
    }

    @Test
    void wrongRegisterIsMarkedWithAllThreeValues() {
        machine.cpu.setGpr(20, 0x1234);
        assertFound(returned -> {
            machine.cpu.setGpr(20, 0x55);
            return returned;
        })
                .hasMessageContaining("registers are different")
                .hasMessageMatching(
                        "(?s).*s4 +0000000000001234 +0000000000000055 +0000000000001234 +<--\\R.*")
                .hasMessageContaining("units entered: 8001000c")
                .hasMessageMatching("(?s).*instructions since the start: [1-9][0-9,]*\\R.*")
                .hasMessageContaining("bgtz t0, 0x8001000c")
                .message()
                .containsOnlyOnce("<--");
    }

    @Test
    void wrongPlaceToGoOnIsFound() {
        assertFound(returned -> returned + 8).hasMessageContaining("they go on at different places");
    }

    @Test
    void storeWithoutCounterpartIsFoundAndUndone() {
        assertFound(returned -> {
            engine.storing(hostData(32), 4);
            HostMemory.putInt(hostData(32), 0x1234_5678);
            return returned;
        }).hasMessageContaining("12345678 to 80100020, has no counterpart");
        assertThat(machine.ram.read(DATA + 32, 4)).isZero();
    }

    @Test
    void changedValueOfAStoreIsFound() {
        assertFound(returned -> {
            HostMemory.putInt(hostData(16), 0x1234_5678);
            return returned;
        }).hasMessageMatching(
                "(?s).*the store at 80010018 is [0-9a-f]{8} to 80100010, that of translated code 12345678 to 80100010.*");
    }
}
