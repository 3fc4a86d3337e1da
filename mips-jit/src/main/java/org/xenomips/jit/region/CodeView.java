package org.xenomips.jit.region;

import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.CpuMemory.CodePage;

/** The guest's instructions as the processor would fetch them now. Machine thread. */
public interface CodeView {
    /** The memory behind the page of {@code pc}, or null when it cannot be fetched or is watched. */
    @Nullable
    CodePage page(long pc);

    /** The instruction at {@code pc}, whose page must exist. */
    GuestInstruction instruction(long pc);

    /** True when units raise the exceptions of system calls by themselves. */
    boolean isSystemCallInline();

    /** True when the instruction was probably executed before. */
    boolean wasExecuted(long pc);

    /** True when the interpreter looks here whether the guest is idle: such an instruction is not translated. */
    boolean isIdleHead(long pc);

    /** Where the register jump at {@code pc} was seen to go. */
    long[] observedTargets(long pc);
}
