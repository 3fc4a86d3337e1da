package org.xenomips.exec;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks of an engine beyond running the guest; an engine does as much of it as it has. Immutable.
 *
 * @param trace takes a line, without line feed, for each thing that happens to translated code, on the machine thread; null: nobody does
 * @param traceCode the translated code itself is part of the trace
 * @param lockstep the interpreter executes once more what translated code does, and the engine stops with an
 *            {@link EngineDifferenceException} where the two differ
 */
public record EngineOptions(@Nullable Consumer<String> trace, boolean traceCode, boolean lockstep) {
    /** Nothing but running. */
    public static final EngineOptions NONE = new EngineOptions(null, false, false);

    /** The same with a trace. */
    public EngineOptions withTrace(Consumer<String> lines, boolean withCode) {
        return new EngineOptions(lines, withCode, lockstep);
    }

    /** The same in lockstep with the interpreter. */
    public EngineOptions withLockstep() {
        return new EngineOptions(trace, traceCode, true);
    }
}
