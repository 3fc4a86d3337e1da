package org.xenomips.exec.random;

import org.xenomips.cpu.CpuModel;
import org.xenomips.exec.GuestMachine;
import org.xenomips.isa.Assembler;

/**
 * A program of {@link GuestRuntime} as text: what is saved when engines differ, and what regressions are.
 *
 * @param model  the processor it is for
 * @param source assembler text for {@link GuestMachine#CODE}
 */
public record GuestProgram(CpuModel model, String source) {
    private static final String MODEL = "# model ";

    /** The program in the form that {@link #parse} reads; {@code comment} may have several lines. */
    public String save(String comment) {
        return MODEL + model + "\n# " + comment.strip().replace("\n", "\n# ") + "\n" + source;
    }

    /** Reads what {@link #save} made. */
    public static GuestProgram parse(String text) {
        String[] parts = text.split("\n", 2);
        if (!parts[0].startsWith(MODEL) || parts.length != 2) {
            throw new IllegalArgumentException("the first line must be '" + MODEL + "' and a processor");
        }
        return new GuestProgram(CpuModel.valueOf(parts[0].substring(MODEL.length()).strip()), parts[1]);
    }

    /** Assembles the program. */
    public Assembler.Program assemble() {
        return Assembler.assemble(GuestRuntime.SYMBOLS + source, GuestMachine.CODE);
    }
}
