package org.xenomips.cpu.interpreter;

/** What executes hot code in place of the interpreter, and is told by it what is hot. Thread: machine thread. */
public interface Tier {
    /**
     * A control transfer that has not been settled was executed, or one of {@link #interval} of them: a jump, a call, or a conditional branch backwards. Called after
     * its delay slot, if that was executed without an exception, or after the decision not to branch, before the next instruction.
     *
     * @param from address of the branch or jump
     * @param target where it goes if it is taken
     * @param taken whether it was
     * @param indirect the target is from a register
     * @return true to be told again; false lets the transfer run at full speed from now on
     */
    boolean transferred(long from, long target, boolean taken, boolean indirect);

    /**
     * Of how many executions of a transfer one is reported, on average, if it is one of those that
     * {@link InterpreterEngine#isSampled} names; of all others it is each.
     */
    default int interval() {
        return 1;
    }

    /**
     * The interpreter stands before the instruction at {@code pc}, which is marked ({@link CodeMarks#mark}) and not in a
     * delay slot; all state is in the processor. True makes {@link InterpreterEngine#resume} return there, with null; false makes
     * the interpreter execute the instruction and go on.
     */
    boolean reached(long pc);
}
