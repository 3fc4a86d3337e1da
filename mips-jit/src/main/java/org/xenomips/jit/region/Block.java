package org.xenomips.jit.region;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Instructions that are executed one after the other, and where they lead.
 *
 * @param place where the first instruction is
 * @param body the instructions before the transfer, if there is one
 * @param transfer the branch or jump that ends the block, or null
 * @param slot its delay slot; null exactly if there is no transfer
 * @param ending what happens at the end
 * @param next behind the block: fall-through, return point of a call, or the instruction left to the interpreter
 * @param targets where the transfer goes: one place, or for a jump through a register all that were observed in the region
 */
public record Block(Place place, List<GuestInstruction> body, @Nullable GuestInstruction transfer,
        @Nullable GuestInstruction slot, Ending ending, Place next, List<Place> targets) {
    /** How a block ends. */
    public enum Ending {
        /** Goes on at {@link #next}. */
        FALL,
        /** The interpreter must execute the instruction at {@link #next}. */
        INTERPRET,
        /** Conditional branch; goes on at {@link #next} if it is not taken. */
        BRANCH,
        /** Conditional branch whose slot is nullified if it is not taken. */
        LIKELY,
        /** Jump to a known address. */
        JUMP,
        /** Call of a known address; goes on at {@link #next}. */
        CALL,
        /** Call of a function whose code is part of the region. */
        INLINED_CALL,
        /** Call of the address in a register; goes on at {@link #next}. */
        CALL_REGISTER,
        /** Jump to the address in a register. */
        JUMP_REGISTER,
        /** The same where all observed targets are too far away for the region: their units are called, and what they return is. */
        FAR_JUMP,
        /** System call: its handler is called as a function is that returns behind the instruction. */
        SYSTEM_CALL,
        /** Return from an exception. */
        EXCEPTION_RETURN,
        /** Return from a function whose code is part of the region to the one place it was called from. */
        INLINED_RETURN
    }

    /** Address of the first instruction. */
    public long pc() {
        return place.pc();
    }

    /** The only target of the transfer. */
    public Place target() {
        return targets.getFirst();
    }

    /** True when the block ends with a call, after which all registers must be read again. */
    public boolean endsWithCall() {
        return ending == Ending.CALL || ending == Ending.CALL_REGISTER || ending == Ending.SYSTEM_CALL;
    }

    /**
     * Instructions that are always executed: the body, the transfer, and the slot unless it can be nullified. A system call does not
     * count, as no instruction that raises an exception does.
     */
    public int count() {
        return body.size() + switch (ending) {
            case FALL, INTERPRET, SYSTEM_CALL -> 0;
            case LIKELY, EXCEPTION_RETURN -> 1;
            default -> 2;
        };
    }
}
