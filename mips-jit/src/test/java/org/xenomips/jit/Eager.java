package org.xenomips.jit;

import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.InLockstep;

/** Engines that translate at once whatever is executed again: for tests of short programs. */
public final class Eager {
    static final JitEngineFactory FACTORY = new JitEngineFactory(new JitOptions(1, 150, 8L << 20, 1 << 16, 0, true));
    /** Engines that learn for a while, as users' do, but translate at a repeatable moment. */
    static final JitEngineFactory PATIENT = new JitEngineFactory(
            new JitOptions(60, 150, 8L << 20, 1 << 16, 1_000, true));
    /** {@link #FACTORY}, compared with the interpreter. */
    public static final ExecutionEngineFactory LOCKSTEP = new InLockstep(FACTORY);
    /** {@link #PATIENT}, compared with the interpreter. */
    public static final ExecutionEngineFactory PATIENT_LOCKSTEP = new InLockstep(PATIENT);

    private Eager() {}
}
