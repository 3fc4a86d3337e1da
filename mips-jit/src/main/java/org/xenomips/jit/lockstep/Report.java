package org.xenomips.jit.lockstep;

import java.util.Collection;
import java.util.stream.Collectors;
import org.xenomips.cpu.Cpu;
import org.xenomips.isa.RegisterNames;
import org.xenomips.jit.lockstep.Lockstep.State;
import org.xenomips.jit.region.CodeView;

/**
 * What a user is shown when translated code and the interpreter differ.
 *
 * @param code the guest's instructions
 * @param before the processor before the segment
 * @param translated as translated code left it
 * @param interpreted as the interpreter did
 * @param trail the instructions executed last
 * @param units the units entered last
 * @param retired instructions executed since the machine was made, this segment included
 */
record Report(CodeView code, State before, State translated, State interpreted, long[] trail, Collection<Long> units,
        long retired) {
    private static final String ROW = "  %-5s %18s %18s %18s%s%n";

    String text(String difference) {
        var text = new StringBuilder();
        text.append("lockstep: translated code and the interpreter differ: %s%n".formatted(difference));
        text.append("after %,d instructions from %08x on; instructions since the start: %,d%n".formatted(
                before.remaining - translated.remaining, (int) before.pc, retired));
        text.append("units entered: %s%n".formatted(units.isEmpty()
                ? "none, one went on behind a call"
                : units.stream().map(pc -> "%08x".formatted(pc.intValue())).collect(Collectors.joining(" "))));
        text.append(ROW.formatted("", "before", "translated", "interpreted", ""));
        for (int i = 1; i < Cpu.REGISTER_COUNT; i++) {
            if (i != Cpu.SINK) {
                row(text, name(i), before.registers[i], translated.registers[i], interpreted.registers[i]);
            }
        }
        row(text, "pc", before.pc, translated.pc, interpreted.pc);
        row(text, "left", before.remaining, translated.remaining, interpreted.remaining);
        text.append("the instructions executed last:\n");
        for (long pc : trail) {
            instruction(text, pc);
        }
        text.append("""
                To see it again: the same command line with --lockstep --clock virtual and
                XENOMIPS_JAVA_OPTIONS=-Dxenomips.jit.synchronous=true in the environment.""");
        return text.toString();
    }

    private static String name(int register) {
        return switch (register) {
            case Cpu.HI -> "hi";
            case Cpu.LO -> "lo";
            default -> RegisterNames.general(register);
        };
    }

    private static void row(StringBuilder text, String name, long before, long translated, long interpreted) {
        String left = "%016x".formatted(translated);
        String right = "%016x".formatted(interpreted);
        text.append(ROW.formatted(name, "%016x".formatted(before), left, right, left.equals(right) ? "" : "  <--"));
    }

    private void instruction(StringBuilder text, long pc) {
        if (code.page(pc) == null) {
            return;
        }
        text.append("  ").append(code.instruction(pc)).append('\n');
        if (code.instruction(pc).isTransfer() && code.page(pc + 4) != null) {
            text.append("    ").append(code.instruction(pc + 4)).append('\n');
        }
    }
}
