package org.xenomips.cpu.interpreter;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.isa.Op;
import org.xenomips.isa.Operand;
import org.xenomips.isa.Trait;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.HostMemory;

/**
 * Takes {@link HotLoop} along all of its paths, on memory and registers of its own.
 *
 * <p>HotSpot leaves out of a compiled method what it has never seen to be executed, and compiles the method anew when that happens for
 * the first time. The loop is large and guests come to the last of its paths late: starting Linux, it was compiled five times, which was
 * the larger half of all the processor time HotSpot spent. Rehearsed while HotSpot watches it, it is compiled once.
 *
 * <p>Thread: machine thread.
 */
final class Rehearsal implements AutoCloseable {
    /** Rehearsed again after so many instructions of the guest, and no more after so many: HotSpot has made up its mind by then. */
    private static final long INTERVAL = 100_000, LAST = 10_000_000;

    private static final int BASE = 1, VALUE = 2, ZERO = 3, DESTINATION = 4, FIRST_TARGET = 5;
    /** Guest address of the program's page, of the page with its data, and of one without memory. */
    private static final int PROGRAM = 0x4000, DATA = 0x1000, NOTHING = 0x2000;
    private static final int PAGES = 4;
    private static final int WORDS = 1024;
    private static final long[] BASES = { DATA, NOTHING, 0x1_0000_0000L | DATA | 1 };
    private static final long[] VALUES = { 0, 1, -1 };
    private static final int[] BUDGETS = { 0, 1_000_000 };

    private final Cpu cpu;
    private final long born;
    private long next;
    private @Nullable Stage stage;

    /** Nothing is done before {@link #due}. */
    Rehearsal(Cpu cpu) {
        this.cpu = cpu;
        this.born = cpu.retired();
        this.next = born + INTERVAL;
    }

    /** The guest has executed {@code retired} instructions, and none is being executed now: rehearses if it is time to. */
    void due(long retired) {
        if (retired >= next && retired - born <= LAST) {
            next = retired + INTERVAL;
            if (stage == null) {
                stage = new Stage(cpu);
            }
            stage.run();
        }
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.ram.close();
            stage = null;
        }
    }

    /** A program of all instructions the loop knows, and what it runs on. */
    private static final class Stage {
        private final Cpu cpu;
        private final GuestRam ram = new GuestRam("rehearsal", HostMemory.PAGE_SIZE);
        private final LoopState state;
        private final long[] code = new long[WORDS + 2];
        private int first = WORDS;
        private int targets;

        Stage(Cpu cpu) {
            this.cpu = cpu;
            long[] table = new long[PAGES];
            table[DATA >>> 12] = ram.hostBase() - DATA;
            state = new LoopState(cpu, new long[Cpu.REGISTER_COUNT], table);
            code[WORDS] = (long) HotLoop.PAGE_END << 48;
            code[WORDS + 1] = code[WORDS];
            write();
        }

        /** From the last word of the page backwards. */
        private void write() {
            List<Op> transfers = HotLoop.ops().filter(DecodedPage::isTransfer).toList();
            List<Op> others = Stream
                    .concat(Stream.of(Op.SYSCALL), HotLoop.ops().filter(op -> !DecodedPage.isTransfer(op)))
                    .toList();
            // its delay slot is on the next page
            put(Op.BNE);
            others.forEach(this::put);
            for (int i = 0; i < others.size(); i++) {
                put(others.get(i));
                put(transfers.get(i % transfers.size()));
            }
            for (Op transfer : transfers) {
                code[--first] = (long) HotLoop.NOP << 48;
                put(transfer, HotLoop.PROFILED);
            }
            code[--first] = (long) HotLoop.NOP << 48;
            put(Op.J);
            // a branch to itself
            code[0] = (long) HotLoop.number(Op.BEQ) << 48 | Op.BEQ.value() | 0xffff;
            code[1] = (long) HotLoop.NOP << 48;
        }

        private void put(Op op) {
            put(op, HotLoop.number(op));
        }

        /** Writes {@code op} in front of what is there; a transfer goes behind its delay slot. */
        private void put(Op op, int number) {
            int behindSlot = first + 1;
            int word = op.value();
            for (Operand operand : op.operands()) {
                int value = switch (operand) {
                    case BASE -> BASE;
                    case RS -> op.has(Trait.JUMP) ? target(PROGRAM + 4 * behindSlot) : VALUE;
                    case RT -> operand == op.destination() ? DESTINATION : ZERO;
                    case RD -> DESTINATION;
                    case BRANCH -> 1;
                    case TARGET -> PROGRAM / 4 + behindSlot;
                    default -> 0;
                };
                word = operand.put(word, value);
            }
            code[--first] = (long) number << 48 | (long) op.ordinal() << 38 | (long) DESTINATION << 32
                    | word & 0xffff_ffffL;
        }

        /** A register that holds {@code address}. */
        private int target(int address) {
            int register = FIRST_TARGET + targets++;
            state.registers[register] = address;
            return register;
        }

        void run() {
            long hi = cpu.hi();
            long lo = cpu.lo();
            run(0, 0);
            for (long base : BASES) {
                for (long value : VALUES) {
                    for (int budget : BUDGETS) {
                        state.registers[BASE] = base;
                        state.registers[VALUE] = value;
                        run(first, budget);
                    }
                }
            }
            cpu.setHi(hi);
            cpu.setLo(lo);
        }

        private void run(int index, int budget) {
            state.slice.remaining = budget;
            state.code = code;
            state.page = PROGRAM;
            state.index = index;
            state.unreported = budget;
            state.slot = -1;
            boolean more = true;
            while (more) {
                switch (HotLoop.run(state)) {
                    case LoopState.SLOW -> more = state.index <= WORDS;
                    case LoopState.SLOT -> state.index++;
                    default -> more = false;
                }
            }
        }
    }
}
