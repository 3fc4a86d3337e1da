package org.xenomips.jit.unit;

/** Where a unit calls the address in a register. Machine thread. */
public final class CallSite {
    private final UnitRuntime runtime;
    private final int context;
    /** The target that was called first: most sites have no other. */
    private Link first;

    /** A call site of a unit for {@code context}. */
    public CallSite(UnitRuntime runtime, int context) {
        this.runtime = runtime;
        this.context = context;
        this.first = new Link(Unit.FLAGS, context);
    }

    /** The link of {@code target}. */
    public Link find(long target) {
        Link link = first;
        return link.pc() == target ? link : findOther(target);
    }

    private Link findOther(long target) {
        Link link = runtime.link(target, context);
        if (first.pc() == Unit.FLAGS) {
            first = link;
        }
        return link;
    }
}
