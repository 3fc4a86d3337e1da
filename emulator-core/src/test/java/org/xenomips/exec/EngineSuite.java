package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.cpu.CpuModel;
import org.xenomips.isa.Assembler;

/** The tests every engine must pass. A subclass names the engine. */
public abstract class EngineSuite {
    /** Defined for every program: addresses of the test device's registers, relative to {@code $gp}. */
    static final String PRELUDE = """
            STOP = 0
            LOG = 8
            COUNTER = 16
            REGISTER = 24
            LINES = 32
            DMA = 40
            """;

    private @Nullable GuestMachine current;

    /** The engine under test. */
    protected abstract ExecutionEngineFactory factory();

    @BeforeEach
    void create() {
        current = new GuestMachine(factory());
    }

    @AfterEach
    void close() {
        machine().close();
    }

    /** The machine of this test. */
    protected GuestMachine machine() {
        return Objects.requireNonNull(current);
    }

    /** Replaces the machine by one with another processor. */
    protected GuestMachine machine(CpuModel model) {
        close();
        GuestMachine other = new GuestMachine(factory(), model);
        current = other;
        return other;
    }

    /** Runs {@code source} from kseg0 with {@code $gp} at the device, until it stops. */
    protected Assembler.Program run(String source) {
        Assembler.Program program = machine().start(PRELUDE + source);
        go();
        return program;
    }

    /** Continues until the program stops. */
    protected void go() {
        machine().cpu.setGpr(28, 0xffff_ffff_a000_0000L | GuestMachine.DEVICE);
        assertThat(machine().run(20_000_000)).as("the program stopped; %s", machine().cpu).isTrue();
    }

    @Test
    void sumOfALoopIsRight() {
        run("""
                       li    $t0, 100
                loop:  addu  $v0, $v0, $t0
                       bne   $t0, $zero, loop
                       addiu $t0, $t0, -1
                       sw    $v0, STOP($gp)
                       nop
                """);
        assertThat(machine().cpu.gpr(2)).isEqualTo(5050);
    }
}
