package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.function.Consumer;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.GuestException;
import org.xenomips.isa.Operand;
import org.xenomips.jit.region.GuestInstruction;

/**
 * Code for the FPU: loads and stores go through the page table as all others, everything else is a call of the instruction's
 * meaning, the method that the interpreter calls. What raises an exception leaves the unit unchanged and is executed again by the
 * interpreter.
 */
final class FpuEmitter {
    private static final ClassDesc FPU = Names.desc(org.xenomips.cpu.Fpu.class);
    private static final ClassDesc EXCEPTION = Names.desc(GuestException.class);

    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final MemoryEmitter memory;
    /** Takes code that is emitted behind the blocks. */
    private final Consumer<Runnable> later;

    FpuEmitter(CodeBuilder code, Constants constants, Locals locals, MemoryEmitter memory, Consumer<Runnable> later) {
        this.code = code;
        this.constants = constants;
        this.locals = locals;
        this.memory = memory;
        this.later = later;
    }

    /** Leaves through {@code exit} unless Status.CU1 is set. */
    void requireUsable(Label exit) {
        constants.pushCpu();
        code.invokestatic(Names.SUPPORT, "isFpuUsable", Names.IS_USABLE).ifeq(exit);
    }

    /** Emits {@code i}; {@code exit} is where the interpreter executes it. */
    void emit(GuestInstruction i, Label exit) {
        requireUsable(exit);
        switch (i.op()) {
            case LWC1 -> {
                int value = locals.temporary(1);
                memory.pushLoaded(i, exit);
                code.istore(value);
                pushFpu(i);
                code.iload(value).invokevirtual(FPU, "setWord", MethodTypeDesc.of(CD_void, CD_int, CD_int));
            }
            case LDC1 -> {
                int value = locals.temporary(2);
                memory.pushLoaded(i, exit);
                code.lstore(value);
                pushFpu(i);
                code.lload(value).invokevirtual(FPU, "setDoubleword", MethodTypeDesc.of(CD_void, CD_int, CD_long));
            }
            case SWC1 -> memory.storePushed(i, exit, () -> {
                pushFpu(i);
                code.invokevirtual(FPU, "word", MethodTypeDesc.of(CD_int, CD_int));
            });
            case SDC1 -> memory.storePushed(i, exit, () -> {
                pushFpu(i);
                code.invokevirtual(FPU, "doubleword", MethodTypeDesc.of(CD_long, CD_int));
            });
            case PREFX -> {
                // a hint
            }
            default -> call(i, exit);
        }
    }

    /** Pushes the FPU and the number in ft. */
    private void pushFpu(GuestInstruction i) {
        constants.pushCpu();
        code.invokevirtual(Names.CPU, "fpu", MethodTypeDesc.of(FPU)).loadConstant(i.rt());
    }

    /** Pushes whether the branch {@code i} on an FPU condition is taken. */
    void pushCondition(GuestInstruction i) {
        invoke(i, Meanings.of(i.op()));
    }

    private void call(GuestInstruction i, Label exit) {
        Method meaning = Meanings.of(i.op());
        Label start = code.newBoundLabel();
        invoke(i, meaning);
        Label end = code.newBoundLabel();
        Label handler = code.newLabel();
        code.exceptionCatch(start, end, handler, EXCEPTION);
        later.accept(() -> code.labelBinding(handler).pop().goto_(exit));
        Operand destination = i.op().destination();
        if (destination != null && meaning.getReturnType() == long.class) {
            locals.popLong(destination.get(i.word()));
        }
    }

    private void invoke(GuestInstruction i, Method meaning) {
        for (Parameter parameter : meaning.getParameters()) {
            push(i, parameter);
        }
        code.invokestatic(Names.desc(meaning.getDeclaringClass()), meaning.getName(),
                MethodTypeDesc.of(Names.desc(meaning.getReturnType()),
                        Arrays.stream(meaning.getParameterTypes()).map(Names::desc).toList()));
    }

    private void push(GuestInstruction i, Parameter parameter) {
        if (parameter.getType() == Cpu.class) {
            constants.pushCpu();
            return;
        }
        Operand operand = i.op().operand(parameter.getName());
        if (operand == null) {
            throw new IllegalStateException(i.op() + " has no operand " + parameter);
        }
        int number = operand.get(i.word());
        if (operand.kind() == Operand.Kind.GPR) {
            locals.pushLong(number);
        } else if (parameter.getType() == long.class) {
            code.loadConstant((long) number);
        } else {
            code.loadConstant(number);
        }
    }
}
