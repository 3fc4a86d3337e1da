package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenomips.cpu.IntegerOracle.Input;
import org.xenomips.cpu.IntegerOracle.Outcome;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/** Every integer instruction against {@link IntegerOracle}, and the special cases by hand. */
class IntegerSemanticsTest {
    private static final List<Class<?>> CLASSES = List.of(SemanticsAlu.class, SemanticsShift.class,
            SemanticsMultiply.class,
            SemanticsBranch.class, SemanticsTrap.class);
    private static final Map<Op, Method> MEANINGS = meanings();
    private static final IntegerOracle ORACLE = new IntegerOracle();

    private final VirtualClock clock = new VirtualClock(100_000_000);
    private final Cpu cpu = new Cpu(CpuModel.RM7000, 100_000_000, new PhysicalMap(), clock, new TimerQueue());

    @Test
    void oracleKnowsEveryIntegerInstruction() {
        assertThat(MEANINGS.keySet()).isEqualTo(ORACLE.ops());
        Set<Op> others = EnumSet.of(Op.SYNC, Op.PREF);
        Set<Op> expected = Arrays.stream(Op.values())
                .filter(op -> !others.contains(op))
                .filter(op -> !op.has(Trait.COP0) && !op.has(Trait.COP1) && !op.has(Trait.LOAD) && !op.has(Trait.STORE)
                        && !op.has(Trait.JUMP))
                .collect(Collectors.toSet());
        assertThat(MEANINGS.keySet()).isEqualTo(expected);
    }

    static Set<Op> integerInstructions() {
        return ORACLE.ops();
    }

    @ParameterizedTest
    @MethodSource("integerInstructions")
    void resultIsTheOneOfExactArithmetic(Op op) throws IllegalAccessException {
        long seed = System.nanoTime();
        var random = new Random(seed);
        long[] values = OperandValues.registers();
        int[] immediates = OperandValues.immediates();
        for (long one : values) {
            for (long other : op.operand("rt") == null ? new long[]{ 0 } : values) {
                int immediate = immediates[random.nextInt(immediates.length)];
                check(op, new Input(one, other, random.nextLong(), OperandValues.register(random),
                        OperandValues.register(random), immediate, random.nextInt(32)), seed);
            }
            for (int immediate : op.value() >>> 26 == 0 ? new int[0] : immediates) {
                check(op, new Input(one, 0, 0, 0, 0, immediate, 0), seed);
            }
            for (int sa = 0; sa < 32 && op.operand("sa") != null; sa++) {
                check(op, new Input(0, one, 0, 0, 0, 0, sa), seed);
            }
        }
        for (int i = 0; i < 200; i++) {
            check(op, new Input(OperandValues.register(random), OperandValues.register(random), random.nextLong(),
                    OperandValues.register(random), OperandValues.register(random), random.nextInt(0x1_0000),
                    random.nextInt(32)), seed);
        }
    }

    private void check(Op op, Input in, long seed) throws IllegalAccessException {
        Outcome actual = execute(op, in);
        Outcome expected = ORACLE.outcome(op, in);
        if (!actual.equals(expected)) {
            assertThat(actual).as("%s with %s, seed %d", op, in, seed).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({ "DIV, -7, 2, -1, -3", "DIV, 7, -2, 1, -3", "DIV, 5, 0, 5, -1", "DIV, -5, 0, -5, 1", "DIV, 0, 0, 0, -1",
            "DIV, -2147483648, -1, 0, -2147483648", "DIVU, 5, 0, 5, -1", "DIVU, -1, 0, -1, -1",
            "DIVU, -1, 2, 1, 2147483647",
            "DDIV, -5, 0, -5, 1", "DDIV, 5, 0, 5, -1", "DDIV, -9223372036854775808, -1, 0, -9223372036854775808",
            "DDIVU, 5, 0, 5, -1", "DDIVU, -1, -1, 0, 1", "DDIVU, -1, 2, 1, 9223372036854775807", "MULT, -1, -1, 0, 1",
            "MULT, -2147483648, -2147483648, 1073741824, 0", "MULTU, -1, -1, -2, 1", "DMULT, -1, 1, -1, -1",
            "DMULTU, -1, -1, -2, 1", "DIV, 8589934599, 4294967298, 1, 3" })
    void hiAndLoAreThoseOfTheHardware(Op op, long rs, long rt, long hi, long lo) throws IllegalAccessException {
        Outcome outcome = execute(op, new Input(rs, rt, 0, 99, 98, 0, 0));
        assertThat(outcome.hi()).as("HI").isEqualTo(hi);
        assertThat(outcome.lo()).as("LO").isEqualTo(lo);
    }

    @ParameterizedTest
    @CsvSource({ "SRA, 0x180000000, 31, -1", "SRL, 0x180000000, 0, -2147483648", "SRL, -1, 1, 0x7fffffff",
            "SLL, 0x180000000, 0, -2147483648", "DSLL32, 1, 31, -9223372036854775808",
            "DSRA32, -9223372036854775808, 31, -1",
            "DSRL32, -9223372036854775808, 31, 1" })
    void wordShiftsSeeTheLowWordOnly(Op op, String rt, int sa, String result) throws IllegalAccessException {
        Outcome outcome = execute(op, new Input(0, Long.decode(rt), 0, 0, 0, 0, sa));
        assertThat(outcome.result()).contains(Long.decode(result));
    }

    @ParameterizedTest
    @CsvSource({ "ADD, 0x7fffffff, 1", "ADD, -0x80000000, -1", "SUB, -0x80000000, 1", "SUB, 0, -0x80000000",
            "DADD, 0x7fffffffffffffff, 1", "DSUB, -0x8000000000000000, 1", "DSUB, 0, -0x8000000000000000" })
    void overflowIsRaisedAndNothingIsWritten(Op op, String rs, String rt) throws IllegalAccessException {
        Outcome outcome = execute(op, new Input(Long.decode(rs), Long.decode(rt), 5, 6, 7, 0, 0));
        assertThat(outcome)
                .isEqualTo(new Outcome(Optional.empty(), Optional.empty(), Optional.of(ExceptionCode.OV), 6, 7));
    }

    @Test
    void absentCoprocessorIsNamed() {
        GuestException exception = cpu.raiseCoprocessorUnusable(2);
        assertThat(exception.code()).isEqualTo(ExceptionCode.CPU);
        assertThat(exception.coprocessor()).isEqualTo(2);
        assertThat(exception.getStackTrace()).isEmpty();
        assertThat(cpu.raiseCoprocessorUnusable(2)).isSameAs(exception);
    }

    private Outcome execute(Op op, Input in) throws IllegalAccessException {
        Method method = MEANINGS.get(op);
        if (method == null) {
            throw new IllegalArgumentException(op + " has no meaning");
        }
        cpu.setHi(in.hi());
        cpu.setLo(in.lo());
        var arguments = new ArrayList<Object>();
        for (Parameter parameter : method.getParameters()) {
            arguments.add(switch (parameter.getName()) {
                case "cpu" -> cpu;
                case "rs" -> in.rs();
                case "rt" -> in.rt();
                case "rd" -> in.rd();
                case "simm" -> (long) (short) in.immediate();
                case "uimm" -> in.immediate();
                case "sa" -> in.sa();
                default -> throw new IllegalStateException("parameter " + parameter + " of " + op);
            });
        }
        try {
            Object value = method.invoke(null, arguments.toArray());
            return new Outcome(value instanceof Long result ? Optional.of(result) : Optional.empty(),
                    value instanceof Boolean taken ? Optional.of(taken) : Optional.empty(), Optional.empty(), cpu.hi(),
                    cpu.lo());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof GuestException raised) {
                return new Outcome(Optional.empty(), Optional.empty(), Optional.of(raised.code()), cpu.hi(), cpu.lo());
            }
            throw new IllegalStateException(op + " failed", e);
        }
    }

    private static Map<Op, Method> meanings() {
        var meanings = new EnumMap<Op, Method>(Op.class);
        for (Class<?> type : CLASSES) {
            for (Method method : type.getMethods()) {
                Executes executes = method.getAnnotation(Executes.class);
                if (executes != null) {
                    for (Op op : executes.value()) {
                        meanings.put(op, method);
                    }
                }
            }
        }
        return meanings;
    }
}
