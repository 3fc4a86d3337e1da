package org.xenomips.cpu;

import static java.math.BigInteger.ONE;
import static java.math.BigInteger.TWO;
import static java.math.BigInteger.ZERO;

import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import org.xenomips.isa.Op;

/**
 * What the integer instructions do, written down a second time in whole numbers of any size: no host arithmetic, no shift operators,
 * nothing shared with the semantics classes.
 */
final class IntegerOracle {
    /**
     * What an instruction reads. {@code immediate} is the instruction's low half, unsigned.
     */
    record Input(long rs, long rt, long rd, long hi, long lo, int immediate, int sa) {
        BigInteger simm() {
            return BigInteger.valueOf(immediate >= 0x8000 ? immediate - 0x1_0000 : immediate);
        }

        BigInteger uimm() {
            return BigInteger.valueOf(immediate);
        }
    }

    /** What an instruction leaves: at most one of result, decision and exception; HI and LO always. */
    record Outcome(Optional<Long> result, Optional<Boolean> taken, Optional<ExceptionCode> raised, long hi, long lo) {
    }

    /** The meaning of one instruction. */
    interface Meaning {
        Outcome of(Input in);
    }

    /** A comparison of two operands. */
    private interface Condition {
        boolean holds(BigInteger left, BigInteger right);
    }

    private final Map<Op, Meaning> meanings = new EnumMap<>(Op.class);

    IntegerOracle() {
        arithmetic();
        logic();
        comparisons();
        shifts();
        counts();
        multiplications();
        divisions();
        branches();
        traps();
        always(ExceptionCode.SYS, Op.SYSCALL);
        always(ExceptionCode.BP, Op.BREAK);
        always(ExceptionCode.RI, Op.RESERVED, Op.SDBBP);
        always(ExceptionCode.CPU, Op.COP2_OPERATION, Op.LWC2, Op.LDC2, Op.SWC2, Op.SDC2);
    }

    Set<Op> ops() {
        return meanings.keySet();
    }

    Outcome outcome(Op op, Input in) {
        Meaning meaning = meanings.get(op);
        if (meaning == null) {
            throw new IllegalArgumentException("no oracle for " + op);
        }
        return meaning.of(in);
    }

    // Numbers

    /** The low {@code bits} bits as an unsigned number. */
    private static BigInteger unsigned(BigInteger value, int bits) {
        return value.mod(TWO.pow(bits));
    }

    /** The low {@code bits} bits as a signed number. */
    private static BigInteger signed(BigInteger value, int bits) {
        BigInteger low = unsigned(value, bits);
        return low.compareTo(TWO.pow(bits - 1)) >= 0 ? low.subtract(TWO.pow(bits)) : low;
    }

    private static BigInteger signed(long register, int bits) {
        return signed(BigInteger.valueOf(register), bits);
    }

    private static BigInteger unsigned(long register, int bits) {
        return unsigned(BigInteger.valueOf(register), bits);
    }

    /** A register of 64 bits that holds the low {@code bits} of {@code value}, sign-extended. */
    private static long register(BigInteger value, int bits) {
        return signed(value, bits).longValueExact();
    }

    // Outcomes

    private static Outcome result(Input in, BigInteger value, int bits) {
        return new Outcome(Optional.of(register(value, bits)), Optional.empty(), Optional.empty(), in.hi, in.lo);
    }

    private static Outcome hiLo(BigInteger hi, BigInteger lo, int bits) {
        return new Outcome(Optional.empty(), Optional.empty(), Optional.empty(), register(hi, bits),
                register(lo, bits));
    }

    private static Outcome raise(Input in, ExceptionCode code) {
        return new Outcome(Optional.empty(), Optional.empty(), Optional.of(code), in.hi, in.lo);
    }

    private static Outcome nothing(Input in) {
        return new Outcome(Optional.empty(), Optional.empty(), Optional.empty(), in.hi, in.lo);
    }

    private void always(ExceptionCode code, Op... ops) {
        for (Op op : ops) {
            meanings.put(op, in -> raise(in, code));
        }
    }

    // Instructions

    private void arithmetic() {
        wrapping(Op.ADDU, Op.ADDIU, BigInteger::add, 32);
        wrapping(Op.DADDU, Op.DADDIU, BigInteger::add, 64);
        trapping(Op.ADD, BigInteger::add, 32);
        trapping(Op.SUB, BigInteger::subtract, 32);
        trapping(Op.DADD, BigInteger::add, 64);
        trapping(Op.DSUB, BigInteger::subtract, 64);
        meanings.put(Op.SUBU, in -> result(in, signed(in.rs, 32).subtract(signed(in.rt, 32)), 32));
        meanings.put(Op.DSUBU, in -> result(in, signed(in.rs, 64).subtract(signed(in.rt, 64)), 64));
        meanings.put(Op.ADDI, in -> checked(in, signed(in.rs, 32).add(in.simm()), 32));
        meanings.put(Op.DADDI, in -> checked(in, signed(in.rs, 64).add(in.simm()), 64));
        meanings.put(Op.LUI, in -> result(in, in.uimm().multiply(BigInteger.valueOf(65536)), 32));
    }

    private void wrapping(Op op, Op immediate, BinaryOperator<BigInteger> operation, int bits) {
        meanings.put(op, in -> result(in, operation.apply(unsigned(in.rs, bits), unsigned(in.rt, bits)), bits));
        meanings.put(immediate, in -> result(in, operation.apply(unsigned(in.rs, bits), in.simm()), bits));
    }

    private void trapping(Op op, BinaryOperator<BigInteger> operation, int bits) {
        meanings.put(op, in -> checked(in, operation.apply(signed(in.rs, bits), signed(in.rt, bits)), bits));
    }

    private static Outcome checked(Input in, BigInteger exact, int bits) {
        return exact.equals(signed(exact, bits)) ? result(in, exact, bits) : raise(in, ExceptionCode.OV);
    }

    private void logic() {
        bitwise(Op.AND, Op.ANDI, BigInteger::and);
        bitwise(Op.OR, Op.ORI, BigInteger::or);
        bitwise(Op.XOR, Op.XORI, BigInteger::xor);
        meanings.put(Op.NOR, in -> result(in, signed(in.rs, 64).or(signed(in.rt, 64)).not(), 64));
    }

    private void bitwise(Op op, Op immediate, BinaryOperator<BigInteger> operation) {
        meanings.put(op, in -> result(in, operation.apply(signed(in.rs, 64), signed(in.rt, 64)), 64));
        meanings.put(immediate, in -> result(in, operation.apply(signed(in.rs, 64), in.uimm()), 64));
    }

    private void comparisons() {
        meanings.put(Op.SLT, in -> flag(in, signed(in.rs, 64).compareTo(signed(in.rt, 64)) < 0));
        meanings.put(Op.SLTU, in -> flag(in, unsigned(in.rs, 64).compareTo(unsigned(in.rt, 64)) < 0));
        meanings.put(Op.SLTI, in -> flag(in, signed(in.rs, 64).compareTo(in.simm()) < 0));
        meanings.put(Op.SLTIU, in -> flag(in, unsigned(in.rs, 64).compareTo(unsigned(in.simm(), 64)) < 0));
        meanings.put(Op.MOVZ, in -> result(in, BigInteger.valueOf(in.rt == 0 ? in.rs : in.rd), 64));
        meanings.put(Op.MOVN, in -> result(in, BigInteger.valueOf(in.rt == 0 ? in.rd : in.rs), 64));
    }

    private static Outcome flag(Input in, boolean value) {
        return result(in, value ? ONE : ZERO, 64);
    }

    private void shifts() {
        shift(Op.SLL, Op.SLLV, 32, true, false);
        shift(Op.SRL, Op.SRLV, 32, false, false);
        shift(Op.SRA, Op.SRAV, 32, false, true);
        shift(Op.DSLL, Op.DSLLV, 64, true, false);
        shift(Op.DSRL, Op.DSRLV, 64, false, false);
        shift(Op.DSRA, Op.DSRAV, 64, false, true);
        meanings.put(Op.DSLL32, in -> result(in, shifted(in.rt, in.sa + 32, 64, true, false), 64));
        meanings.put(Op.DSRL32, in -> result(in, shifted(in.rt, in.sa + 32, 64, false, false), 64));
        meanings.put(Op.DSRA32, in -> result(in, shifted(in.rt, in.sa + 32, 64, false, true), 64));
    }

    private void shift(Op op, Op variable, int bits, boolean left, boolean sign) {
        meanings.put(op, in -> result(in, shifted(in.rt, in.sa, bits, left, sign), bits));
        BigInteger width = BigInteger.valueOf(bits);
        meanings.put(variable, in -> result(in,
                shifted(in.rt, BigInteger.valueOf(in.rs).mod(width).intValueExact(), bits, left, sign), bits));
    }

    /** Multiplies by, or divides (toward minus infinity) by a power of two. */
    private static BigInteger shifted(long register, int count, int bits, boolean left, boolean sign) {
        BigInteger value = sign ? signed(register, bits) : unsigned(register, bits);
        BigInteger power = TWO.pow(count);
        return left ? value.multiply(power) : value.subtract(value.mod(power)).divide(power);
    }

    private void counts() {
        meanings.put(Op.CLZ, in -> result(in, leading(in.rs, 32, false), 64));
        meanings.put(Op.CLO, in -> result(in, leading(in.rs, 32, true), 64));
        meanings.put(Op.DCLZ, in -> result(in, leading(in.rs, 64, false), 64));
        meanings.put(Op.DCLO, in -> result(in, leading(in.rs, 64, true), 64));
    }

    private static BigInteger leading(long register, int bits, boolean ones) {
        BigInteger value = unsigned(register, bits);
        int count = 0;
        while (count < bits && value.testBit(bits - 1 - count) == ones) {
            count++;
        }
        return BigInteger.valueOf(count);
    }

    private void multiplications() {
        meanings.put(Op.MFHI, in -> result(in, BigInteger.valueOf(in.hi), 64));
        meanings.put(Op.MFLO, in -> result(in, BigInteger.valueOf(in.lo), 64));
        meanings.put(Op.MTHI, in -> hiLo(BigInteger.valueOf(in.rs), BigInteger.valueOf(in.lo), 64));
        meanings.put(Op.MTLO, in -> hiLo(BigInteger.valueOf(in.hi), BigInteger.valueOf(in.rs), 64));
        meanings.put(Op.MUL, in -> result(in, signed(in.rs, 32).multiply(signed(in.rt, 32)), 32));
        meanings.put(Op.MULT, in -> product(ZERO, signed(in.rs, 32).multiply(signed(in.rt, 32)), 32));
        meanings.put(Op.MULTU, in -> product(ZERO, unsigned(in.rs, 32).multiply(unsigned(in.rt, 32)), 32));
        meanings.put(Op.DMULT, in -> product(ZERO, signed(in.rs, 64).multiply(signed(in.rt, 64)), 64));
        meanings.put(Op.DMULTU, in -> product(ZERO, unsigned(in.rs, 64).multiply(unsigned(in.rt, 64)), 64));
        for (Op op : new Op[]{ Op.MAD, Op.MADD }) {
            meanings.put(op, in -> product(accumulator(in), signed(in.rs, 32).multiply(signed(in.rt, 32)), 32));
        }
        for (Op op : new Op[]{ Op.MADU, Op.MADDU }) {
            meanings.put(op, in -> product(accumulator(in), unsigned(in.rs, 32).multiply(unsigned(in.rt, 32)), 32));
        }
        meanings.put(Op.MSUB,
                in -> product(accumulator(in), signed(in.rs, 32).multiply(signed(in.rt, 32)).negate(), 32));
        meanings.put(Op.MSUBU,
                in -> product(accumulator(in), unsigned(in.rs, 32).multiply(unsigned(in.rt, 32)).negate(), 32));
    }

    private static BigInteger accumulator(Input in) {
        return unsigned(in.hi, 32).multiply(TWO.pow(32)).add(unsigned(in.lo, 32));
    }

    private static Outcome product(BigInteger before, BigInteger product, int bits) {
        BigInteger sum = unsigned(before.add(product), 2 * bits);
        return hiLo(sum.divide(TWO.pow(bits)), sum, bits);
    }

    private void divisions() {
        meanings.put(Op.DIV, in -> quotient(signed(in.rs, 32), signed(in.rt, 32), 32));
        meanings.put(Op.DIVU, in -> quotient(unsigned(in.rs, 32), unsigned(in.rt, 32), 32));
        meanings.put(Op.DDIV, in -> quotient(signed(in.rs, 64), signed(in.rt, 64), 64));
        meanings.put(Op.DDIVU, in -> quotient(unsigned(in.rs, 64), unsigned(in.rt, 64), 64));
    }

    /** Truncating; by zero what a restoring divider leaves: ones, corrected by the sign of the dividend. */
    private static Outcome quotient(BigInteger dividend, BigInteger divisor, int bits) {
        if (divisor.signum() == 0) {
            return hiLo(dividend, dividend.signum() < 0 ? ONE : ONE.negate(), bits);
        }
        BigInteger magnitude = dividend.abs().divide(divisor.abs());
        BigInteger quotient = dividend.signum() * divisor.signum() < 0 ? magnitude.negate() : magnitude;
        return hiLo(dividend.subtract(quotient.multiply(divisor)), quotient, bits);
    }

    private void branches() {
        branch((rs, rt) -> rs.equals(rt), Op.BEQ, Op.BEQL);
        branch((rs, rt) -> !rs.equals(rt), Op.BNE, Op.BNEL);
        branch((rs, rt) -> rs.signum() <= 0, Op.BLEZ, Op.BLEZL);
        branch((rs, rt) -> rs.signum() > 0, Op.BGTZ, Op.BGTZL);
        branch((rs, rt) -> rs.signum() < 0, Op.BLTZ, Op.BLTZL, Op.BLTZAL, Op.BLTZALL);
        branch((rs, rt) -> rs.signum() >= 0, Op.BGEZ, Op.BGEZL, Op.BGEZAL, Op.BGEZALL);
    }

    private void branch(Condition condition, Op... ops) {
        for (Op op : ops) {
            meanings.put(op, in -> new Outcome(Optional.empty(),
                    Optional.of(condition.holds(signed(in.rs, 64), signed(in.rt, 64))), Optional.empty(), in.hi,
                    in.lo));
        }
    }

    private void traps() {
        trap((left, right) -> left.equals(right), true, Op.TEQ, Op.TEQI);
        trap((left, right) -> !left.equals(right), true, Op.TNE, Op.TNEI);
        trap((left, right) -> left.compareTo(right) >= 0, true, Op.TGE, Op.TGEI);
        trap((left, right) -> left.compareTo(right) >= 0, false, Op.TGEU, Op.TGEIU);
        trap((left, right) -> left.compareTo(right) < 0, true, Op.TLT, Op.TLTI);
        trap((left, right) -> left.compareTo(right) < 0, false, Op.TLTU, Op.TLTIU);
    }

    private void trap(Condition condition, boolean sign, Op op, Op immediate) {
        meanings.put(op, in -> trapIf(in, sign
                ? condition.holds(signed(in.rs, 64), signed(in.rt, 64))
                : condition.holds(unsigned(in.rs, 64), unsigned(in.rt, 64))));
        meanings.put(immediate, in -> trapIf(in, sign
                ? condition.holds(signed(in.rs, 64), in.simm())
                : condition.holds(unsigned(in.rs, 64), unsigned(in.simm(), 64))));
    }

    private static Outcome trapIf(Input in, boolean condition) {
        return condition ? raise(in, ExceptionCode.TR) : nothing(in);
    }
}
