package org.xenomips.jit.view;

import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.IncrementInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Single bytecode instructions as text, with names in place of numbers. */
final class BytecodeText {
    private final String self;
    private final List<String> locals;
    private final Function<Label, String> labels;

    /**
     * A form of text for one class.
     *
     * @param self internal name of the class: its own fields need no class
     * @param locals names of the local variables, by number
     * @param labels gives names to places
     */
    BytecodeText(String self, List<String> locals, Function<Label, String> labels) {
        this.self = self;
        this.locals = locals;
        this.labels = labels;
    }

    String of(Instruction instruction) {
        return switch (instruction) {
            case LoadInstruction load -> prefix(load.typeKind()) + "load " + local(load.slot());
            case StoreInstruction store -> prefix(store.typeKind()) + "store " + local(store.slot());
            case IncrementInstruction increment -> "iinc %s %+d".formatted(local(increment.slot()),
                    increment.constant());
            case ConstantInstruction constant -> "push " + constant(constant.constantValue());
            case FieldInstruction field -> mnemonic(field.opcode()) + " "
                    + member(field.owner().asInternalName(), field.name().stringValue());
            case InvokeInstruction call -> "call " + member(call.owner().asInternalName(), call.name().stringValue());
            case BranchInstruction branch -> mnemonic(branch.opcode()).replace("_w", "") + " "
                    + labels.apply(branch.target());
            case LookupSwitchInstruction choice -> choices(choice.cases(), choice.defaultTarget());
            case TableSwitchInstruction choice -> choices(choice.cases(), choice.defaultTarget());
            default -> mnemonic(instruction.opcode());
        };
    }

    /** True when the JVM's stack is usually empty behind the instruction. */
    static boolean endsStatement(Instruction instruction) {
        return switch (instruction) {
            case StoreInstruction _,IncrementInstruction _,BranchInstruction _,ReturnInstruction _,LookupSwitchInstruction _,TableSwitchInstruction _,ArrayStoreInstruction _ ->
                true;
            case FieldInstruction field -> field.opcode() == Opcode.PUTFIELD || field.opcode() == Opcode.PUTSTATIC;
            case InvokeInstruction call -> call.typeSymbol().returnType().equals(ConstantDescs.CD_void);
            case StackInstruction stack -> stack.opcode() == Opcode.POP || stack.opcode() == Opcode.POP2;
            default -> false;
        };
    }

    private String choices(List<SwitchCase> cases, Label others) {
        var text = new StringBuilder("switch");
        for (SwitchCase each : cases) {
            text.append(" %08x: %s,".formatted(each.caseValue(), labels.apply(each.target())));
        }
        return text.append(" else ").append(labels.apply(others)).toString();
    }

    private static String mnemonic(Opcode opcode) {
        return opcode.name().toLowerCase(Locale.ROOT);
    }

    private static String prefix(TypeKind kind) {
        return switch (kind) {
            case LONG -> "l";
            case FLOAT -> "f";
            case DOUBLE -> "d";
            case REFERENCE -> "a";
            default -> "i";
        };
    }

    private String local(int slot) {
        String name = slot < locals.size() ? locals.get(slot) : "";
        return name.isEmpty() ? "tmp" + slot : name;
    }

    private static String constant(ConstantDesc value) {
        return switch (value) {
            case Integer number when number == (short) (int) number -> number.toString();
            case Integer number -> "0x%08x".formatted(number);
            case Long number when number == (short) (long) number -> number + "L";
            case Long number -> "0x%xL".formatted(number);
            default -> value.toString();
        };
    }

    private String member(String owner, String name) {
        return owner.equals(self) ? name : owner.substring(owner.lastIndexOf('/') + 1) + "." + name;
    }
}
