package org.xenomips.jit.emit;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.SemanticsSystem;
import org.xenomips.isa.Op;
import org.xenomips.jit.region.GuestInstruction;

/**
 * Code for the instructions of coprocessor 0 that kernels execute all the time. Each is a call of its meaning, which HotSpot inlines
 * with the register's number as a constant; general registers stay in their locals.
 */
final class SystemEmitter {
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
            case MFC0, DMFC0 -> {
                pushState(unexecuted);
                code.loadConstant(i.rd())
                        .loadConstant(i.word() & 7)
                        .invokestatic(Names.SUPPORT, i.op() == Op.MFC0 ? "readCp0" : "readCp0Doubleword",
                                Names.READ_CP0);
                locals.popLong(i.rt());
            }
            case MTC0, DMTC0 -> {
                pushState(unexecuted);
                code.loadConstant(i.rd()).loadConstant(i.word() & 7);
                locals.pushLong(i.rt());
                code.invokestatic(Names.SUPPORT, i.op() == Op.MTC0 ? "writeCp0" : "writeCp0Doubleword",
                        Names.WRITE_CP0);
            }
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
