package org.xenomips.cpu;

import java.math.BigInteger;
import java.util.Arrays;
import org.xenomips.cpu.IntegerOracle.Input;
import org.xenomips.cpu.IntegerOracle.Outcome;
import org.xenomips.isa.Decoder;
import org.xenomips.isa.IsaLevel;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;

/**
 * Executes programs of integer instructions without exceptions, one by one, on {@link IntegerOracle} and a window of bytes: what an
 * engine must agree with. Shares nothing with engines but the instruction table.
 */
public final class ProgramOracle {
    private final IntegerOracle oracle = new IntegerOracle();
    private final IsaLevel level;
    private final long dataAddress;
    private final byte[] data;
    private final long[] registers = new long[32];
    private long hi;
    private long lo;
    private long pc;
    private boolean linked;
    private long executed;

    /** A processor of {@code level} with {@code data} at virtual address {@code dataAddress}; the array is used, not copied. */
    public ProgramOracle(IsaLevel level, long dataAddress, byte[] data) {
        this.level = level;
        this.dataAddress = dataAddress;
        this.data = data;
    }

    /** Value of general register {@code number}. */
    public long gpr(int number) {
        return registers[number];
    }

    /** Sets general register {@code number}; $0 stays 0. */
    public void setGpr(int number, long value) {
        if (number != 0) {
            registers[number] = value;
        }
    }

    public long hi() {
        return hi;
    }

    public long lo() {
        return lo;
    }

    /** Sets HI and LO. */
    public void setHiLo(long newHi, long newLo) {
        hi = newHi;
        lo = newLo;
    }

    /** Number of instructions executed; a nullified delay slot is not one. */
    public long executed() {
        return executed;
    }

    /** Executes {@code words}, which stand at {@code address}, until the pc is behind them. */
    public void run(int[] words, long address) {
        long end = address + 4L * words.length;
        pc = address;
        while (pc != end) {
            if (pc < address || pc > end || executed > 1_000_000) {
                throw new IllegalStateException(String.format("the program has gone astray to 0x%x", pc));
            }
            step(words, address);
        }
    }

    private void step(int[] words, long address) {
        int word = words[(int) (pc - address >> 2)];
        Op op = Decoder.decode(word, level);
        executed++;
        if (!op.has(Trait.BRANCH) && !op.has(Trait.JUMP)) {
            plain(op, word);
            pc += 4;
            return;
        }
        boolean taken = op.has(Trait.JUMP) || execute(op, word).taken().orElseThrow();
        long target = switch (op) {
            case J, JAL -> pc + 4 & ~0xfff_ffffL | (long) Operand.TARGET.get(word) << 2;
            case JR, JALR -> registers[Operand.RS.get(word)];
            default -> pc + 4 + 4L * Operand.BRANCH.get(word);
        };
        if (op.has(Trait.LINK)) {
            setGpr(op == Op.JALR ? Operand.RD.get(word) : 31, pc + 8);
        }
        if (taken || !op.has(Trait.LIKELY)) {
            int slot = words[(int) (pc + 4 - address >> 2)];
            Op inSlot = Decoder.decode(slot, level);
            executed++;
            if (inSlot.has(Trait.BRANCH) || inSlot.has(Trait.JUMP)) {
                throw new IllegalStateException(inSlot + " in a delay slot");
            }
            plain(inSlot, slot);
        }
        pc = taken ? target : pc + 8;
    }

    private void plain(Op op, int word) {
        if (op.has(Trait.LOAD) || op.has(Trait.STORE)) {
            access(op, word);
        } else if (op != Op.SYNC && op != Op.PREF) {
            Outcome outcome = execute(op, word);
            if (outcome.raised().isPresent()) {
                throw new IllegalStateException(op + " raises " + outcome.raised().get());
            }
            hi = outcome.hi();
            lo = outcome.lo();
            Operand destination = op.destination();
            if (destination != null) {
                setGpr(destination.get(word), outcome.result().orElseThrow());
            }
        }
    }

    private Outcome execute(Op op, int word) {
        return oracle.outcome(op, new Input(registers[Operand.RS.get(word)], registers[Operand.RT.get(word)],
                registers[Operand.RD.get(word)], hi, lo, word & 0xffff, Operand.SA.get(word)));
    }

    // Loads and stores, byte by byte

    private void access(Op op, int word) {
        int at = (int) (registers[Operand.BASE.get(word)] + Operand.SIMM.get(word) - dataAddress);
        int rt = Operand.RT.get(word);
        switch (op) {
            case LB -> load(rt, at, 1, true);
            case LH -> load(rt, at, 2, true);
            case LW -> load(rt, at, 4, true);
            case LD -> load(rt, at, 8, true);
            case LBU -> load(rt, at, 1, false);
            case LHU -> load(rt, at, 2, false);
            case LWU -> load(rt, at, 4, false);
            case SB -> store(rt, at, 1);
            case SH -> store(rt, at, 2);
            case SW -> store(rt, at, 4);
            case SD -> store(rt, at, 8);
            case LWL, LWR -> merge(rt, at, 4, op == Op.LWL);
            case LDL, LDR -> merge(rt, at, 8, op == Op.LDL);
            case SWL, SWR -> split(rt, at, 4, op == Op.SWL);
            case SDL, SDR -> split(rt, at, 8, op == Op.SDL);
            case LL, LLD -> {
                load(rt, at, op == Op.LL ? 4 : 8, true);
                linked = true;
            }
            case SC, SCD -> {
                if (linked) {
                    store(rt, at, op == Op.SC ? 4 : 8);
                }
                setGpr(rt, linked ? 1 : 0);
                linked = false;
            }
            default -> throw new IllegalArgumentException(op + " is no access of general registers");
        }
    }

    private void load(int register, int at, int size, boolean sign) {
        byte[] bytes = Arrays.copyOfRange(data, at, at + size);
        setGpr(register, (sign ? new BigInteger(bytes) : new BigInteger(1, bytes)).longValueExact());
    }

    private void store(int register, int at, int size) {
        byte[] bytes = bytes(registers[register], size);
        System.arraycopy(bytes, 0, data, at, size);
    }

    /** LWL, LDL: memory from the address to the end of its unit; LWR, LDR: from the start of the unit to the address. */
    private void merge(int register, int at, int size, boolean left) {
        byte[] bytes = bytes(registers[register], size);
        int unit = at & -size;
        for (int i = 0; i < size; i++) {
            if (left && at + i < unit + size) {
                bytes[i] = data[at + i];
            } else if (!left && at - i >= unit) {
                bytes[size - 1 - i] = data[at - i];
            }
        }
        setGpr(register, new BigInteger(bytes).longValueExact());
    }

    private void split(int register, int at, int size, boolean left) {
        byte[] bytes = bytes(registers[register], size);
        int unit = at & -size;
        for (int i = 0; i < size; i++) {
            if (left && at + i < unit + size) {
                data[at + i] = bytes[i];
            } else if (!left && at - i >= unit) {
                data[at - i] = bytes[size - 1 - i];
            }
        }
    }

    private static byte[] bytes(long value, int size) {
        var bytes = new byte[size];
        BigInteger rest = BigInteger.valueOf(value);
        for (int i = size - 1; i >= 0; i--) {
            bytes[i] = rest.byteValue();
            rest = rest.shiftRight(8);
        }
        return bytes;
    }
}
