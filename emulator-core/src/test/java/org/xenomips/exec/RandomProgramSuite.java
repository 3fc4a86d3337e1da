package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.cpu.CpuModel;
import org.xenomips.cpu.OperandValues;
import org.xenomips.cpu.ProgramOracle;
import org.xenomips.isa.Assembler;
import org.xenomips.isa.IsaLevel;
import org.xenomips.isa.RandomProgram;

/** Random programs leave on every engine the registers and memory that {@link ProgramOracle} computes. A subclass names the engine. */
public abstract class RandomProgramSuite {
    private static final int PROGRAMS = 20;
    private static final int RUNS = 3;
    private static final int SIZE = 200;
    private static final int STOP_BASE = 26;
    private static final int DATA_BASE = 28;
    private static final long DATA = 0xffff_ffff_8010_0000L;

    /** The engine under test. */
    protected abstract ExecutionEngineFactory factory();

    @ParameterizedTest
    @EnumSource(names = { "R4600", "RM7000", "SB1" })
    void registersAndMemoryAreThoseOfTheOracle(CpuModel model) {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < PROGRAMS; i++) {
            int[] words = RandomProgram.make(random, model.isa(), SIZE);
            try (var machine = new GuestMachine(factory(), model)) {
                load(machine, words);
                for (int run = 0; run < RUNS; run++) {
                    compare(machine, model.isa(), words, random, seed);
                }
            }
        }
    }

    private static void load(GuestMachine machine, int[] words) {
        long at = GuestMachine.CODE & 0x1fff_ffff;
        for (int word : words) {
            machine.ram.write(at, 4, word);
            at += 4;
        }
        machine.ram.write(at, 4, Assembler.assemble("sw zero, 0(k0)"));
    }

    private static void compare(GuestMachine machine, IsaLevel level, int[] words, Random random, long seed) {
        var data = new byte[2 * RandomProgram.REACH];
        random.nextBytes(data);
        long physical = (DATA & 0x1fff_ffff) - RandomProgram.REACH;
        machine.ram.write(physical, data, 0, data.length);
        var oracle = new ProgramOracle(level, DATA - RandomProgram.REACH, data);
        for (int number = 1; number < 32; number++) {
            long value = switch (number) {
                case STOP_BASE -> 0xffff_ffff_a000_0000L | GuestMachine.DEVICE + GuestMachine.STOP;
                case DATA_BASE -> DATA;
                default -> OperandValues.register(random);
            };
            oracle.setGpr(number, value);
            machine.cpu.setGpr(number, value);
        }
        oracle.setHiLo(random.nextLong(), random.nextLong());
        machine.cpu.setHi(oracle.hi());
        machine.cpu.setLo(oracle.lo());
        machine.cpu.setPc(GuestMachine.CODE);
        oracle.run(words, GuestMachine.CODE);
        boolean stopped = machine.run(1_000_000);
        if (!stopped || !differences(machine, oracle, data, physical).isEmpty()) {
            assertThat(stopped).as("seed %d: the program ended; pc %x", seed, machine.cpu.pc()).isTrue();
            assertThat(differences(machine, oracle, data, physical))
                    .as("seed %d%n%s", seed, RandomProgram.listing(words, GuestMachine.CODE, level))
                    .isEmpty();
        }
    }

    /** What is not as the oracle says: engine's value, then the oracle's. */
    private static String differences(GuestMachine machine, ProgramOracle oracle, byte[] data, long physical) {
        var text = new StringBuilder();
        for (int number = 0; number < 32; number++) {
            append(text, "$" + number, machine.cpu.gpr(number), oracle.gpr(number));
        }
        append(text, "HI", machine.cpu.hi(), oracle.hi());
        append(text, "LO", machine.cpu.lo(), oracle.lo());
        for (int i = 0; i < data.length; i++) {
            append(text, "byte " + (i - RandomProgram.REACH) + "($gp)", (byte) machine.ram.read(physical + i, 1),
                    data[i]);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, String name, long actual, long expected) {
        if (actual != expected) {
            text.append(String.format("%s %x, expected %x; ", name, actual, expected));
        }
    }
}
