package org.xenomips.jit;

/** Engines that translate at once whatever is executed again: for tests of short programs. */
final class Eager {
    static final JitEngineFactory FACTORY = new JitEngineFactory(new JitOptions(1, 150, 8L << 20, true));
    /** Engines that learn for a while, as users' do, but translate at a repeatable moment. */
    static final JitEngineFactory PATIENT = new JitEngineFactory(new JitOptions(60, 150, 8L << 20, true));

    private Eager() {}
}
