package org.xenomips.cpu.interpreter;

import org.jspecify.annotations.Nullable;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * What a {@link Tier} is told about control transfers: of the frequent kinds a sample, of the others each, until it has learnt enough.
 *
 * <p>{@link HotLoop} executes those that are left out; their number is in {@link LoopState#unreported}. Thread: machine thread.
 */
final class TransferReports {
    private final LoopState state;
    private final @Nullable Tier tier;
    /** Of numbers that look random. */
    private int sequence;

    TransferReports(LoopState state, @Nullable Tier tier) {
        this.state = state;
        this.tier = tier;
    }

    /** Starts anew. */
    void forget() {
        state.unreported = 0;
        sequence = 0;
    }

    /** True when the transfer {@code instruction} is executed next without a report. */
    boolean isLeftOut(long instruction) {
        return HotLoop.isSampled(DecodedPage.op(instruction)) && state.unreported > 0 && --state.unreported >= 0;
    }

    /** A transfer is executed next with a report. */
    void reached(Op op) {
        if (HotLoop.isSampled(op) && tier != null) {
            leaveOut(tier.interval());
        }
    }

    /** Leaves out some reports: not always the same number, as a loop could contain just as many transfers. */
    private void leaveOut(int interval) {
        sequence = 1_103_515_245 * sequence + 12_345;
        state.unreported = interval / 2 + (int) ((sequence >>> 16) * (long) interval >>> 16);
    }

    /** The transfer at {@code pc} was executed; false if nothing more is to be learnt from it. */
    boolean executed(Op op, long pc, boolean taken) {
        boolean indirect = op.has(Trait.JUMP) && op.operand("target") == null;
        return tier == null || tier.transferred(pc, state.target, taken, indirect);
    }
}
