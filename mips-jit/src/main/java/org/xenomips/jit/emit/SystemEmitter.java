package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.Map;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.SemanticsSystem;
import org.xenomips.isa.Op;
import org.xenomips.jit.region.GuestInstruction;

/**
 * Code for the instructions of coprocessor 0 that kernels execute all the time. Each is a call of its meaning, which HotSpot inlines
 * with the register's number as a constant; general registers stay in their locals.
 */
final class SystemEmitter {
    /** Methods of {@link Cp0} for registers that nobody else changes and whose meaning does not depend on time. */
    private static final Map<Integer, String> READERS = Map.of(Cp0.EPC, "epc", Cp0.BAD_VADDR, "badVAddr", Cp0.CONTEXT,
            "context", Cp0.XCONTEXT, "xcontext", Cp0.ENTRY_HI, "entryHi");
    private static final Map<Integer, String> WRITERS = Map.of(Cp0.EPC, "setEpc", Cp0.ENTRY_LO0, "setEntryLo0",
            Cp0.ENTRY_LO1, "setEntryLo1", Cp0.STATUS, "writeStatus");

    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final int context;

    SystemEmitter(CodeBuilder code, Constants constants, Locals locals, int context) {
        this.code = code;
        this.constants = constants;
        this.locals = locals;
        this.context = context;
    }

    /**
     * Emits {@code i}, which is legal.
     *
     * @param unexecuted instructions of the block from this one on
     * @param disturbed where to go when the unit may not go on behind the instruction
     */
    void emit(GuestInstruction i, int unexecuted, Label disturbed) {
        switch (i.op()) {
            case MFC0, DMFC0 -> read(i, unexecuted);
            case MTC0, DMTC0 -> write(i, unexecuted);
            case TLBWI, TLBWR -> {
                pushState(unexecuted);
                code.invokestatic(Names.SUPPORT, i.op().mnemonic(), Names.WRITE_TLB);
            }
            default -> {
                constants.pushCpu();
                code.invokestatic(Names.desc(SemanticsSystem.class), i.op().mnemonic(), Names.OF_CPU);
            }
        }
        if (canDisturb(i)) {
            constants.pushRuntime();
            code.loadConstant(context)
                    .invokeinterface(Names.RUNTIME, "isDisturbed", Names.IS_DISTURBED)
                    .ifne(disturbed);
        }
    }

    private void read(GuestInstruction i, int unexecuted) {
        String reader = select(i) == 0 ? READERS.get(i.rd()) : null;
        if (reader != null) {
            constants.pushCpu();
            code.invokevirtual(Names.CPU, "cp0", Names.CP0_OF_CPU).invokevirtual(Names.CP0, reader, Names.READ);
        } else if (i.rd() == Cp0.CAUSE && select(i) == 0) {
            pushState(unexecuted);
            code.invokestatic(Names.SUPPORT, "readCause", Names.READ_CAUSE);
        } else if (i.rd() == Cp0.STATUS && select(i) == 0) {
            constants.pushCpu();
            code.invokevirtual(Names.CPU, "cp0", Names.CP0_OF_CPU)
                    .invokevirtual(Names.CP0, "status", Names.STATUS)
                    .i2l();
        } else {
            pushState(unexecuted);
            code.loadConstant(i.rd())
                    .loadConstant(select(i))
                    .invokestatic(Names.SUPPORT, "readCp0", Names.READ_CP0);
        }
        if (i.op() == Op.MFC0) {
            code.l2i();
            locals.popInt(i.rt());
        } else {
            locals.popLong(i.rt());
        }
    }

    private void write(GuestInstruction i, int unexecuted) {
        String writer = select(i) == 0 ? WRITERS.get(i.rd()) : null;
        if (writer != null) {
            constants.pushCpu();
            code.invokevirtual(Names.CPU, "cp0", Names.CP0_OF_CPU);
        } else {
            pushState(unexecuted);
            code.loadConstant(i.rd()).loadConstant(select(i));
        }
        if (i.op() == Op.MTC0) {
            locals.pushInt(i.rt());
            code.i2l();
        } else {
            locals.pushLong(i.rt());
        }
        if (writer != null) {
            code.invokevirtual(Names.CP0, writer, Names.VOID_OF_LONG);
        } else {
            code.invokestatic(Names.SUPPORT, "writeCp0", Names.WRITE_CP0);
        }
    }

    private static int select(GuestInstruction i) {
        return i.word() & 7;
    }

    private void pushState(int unexecuted) {
        constants.pushCpu();
        constants.pushSlice();
        code.iload(Locals.BUDGET).loadConstant(unexecuted).iadd();
    }

    /** True unless the instruction only moves a value that decides about nothing by itself. */
    private static boolean canDisturb(GuestInstruction i) {
        return switch (i.op()) {
            case TLBP, TLBR -> false;
            case MFC0, DMFC0 -> i.rd() == Cp0.CAUSE || i.rd() == Cp0.COUNT;
            case MTC0, DMTC0 -> switch (i.rd()) {
                case Cp0.INDEX, Cp0.ENTRY_LO0, Cp0.ENTRY_LO1, Cp0.CONTEXT, Cp0.PAGE_MASK, Cp0.WIRED, Cp0.EPC,
                        Cp0.ERROR_EPC ->
                    false;
                default -> true;
            };
            default -> true;
        };
    }
}
