package org.xenomips.jit.unit;

/**
 * The one way to the unit of an entry: callers keep the link, and it is set to other code when the unit comes, goes or is replaced.
 *
 * <p>hot: a plain field of an object that is constant for the caller, so that HotSpot inlines callees by its type profile.
 */
public final class Link {
    /** What runs for this entry. */
    public Unit unit;

    private final long pc;
    private final int context;
    private final Unit unresolved;

    /** A link to the entry at {@code pc} in mode {@code context}, without code. */
    public Link(long pc, int context) {
        this.pc = pc;
        this.context = context;
        this.unresolved = new Unresolved(pc);
        this.unit = unresolved;
    }

    /** Address of the entry. */
    public long pc() {
        return pc;
    }

    /** {@code Cp0.contextKey} of the entry. */
    public int context() {
        return context;
    }

    /** True when there is translated code behind the link. */
    public boolean isResolved() {
        return unit != unresolved;
    }

    /** From now on the entry has no code. */
    public void unresolve() {
        unit = unresolved;
    }

    /** Stands where there is no code: leaves the entry to the dispatcher. */
    private static final class Unresolved extends Unit {
        private final long pc;

        Unresolved(long pc) {
            this.pc = pc;
        }

        @Override
        public long run(int depth) {
            return pc;
        }
    }
}
