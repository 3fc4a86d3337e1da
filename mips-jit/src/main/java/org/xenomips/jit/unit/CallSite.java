package org.xenomips.jit.unit;

/** Where a unit calls the address in a register: the last target that had code, and the way to the others. Machine thread. */
public final class CallSite {
    /** The target that {@link #link} is for; no address before the first call. */
    public long pc = Unit.FLAGS;
    /** What to run for {@link #pc}. */
    public Link link;

    private final UnitRuntime runtime;
    private final int context;

    /** A call site of a unit for {@code context}. */
    public CallSite(UnitRuntime runtime, int context) {
        this.runtime = runtime;
        this.context = context;
        this.link = new Link(Unit.FLAGS, context);
    }

    /** Calls {@code target}, which is not {@link #pc}; it becomes the expected one. */
    public long callOther(long target, int depth) {
        Link found = runtime.link(target, context);
        pc = target;
        link = found;
        return found.unit.run(depth + 1);
    }
}
