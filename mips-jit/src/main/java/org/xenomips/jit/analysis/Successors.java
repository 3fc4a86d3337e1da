package org.xenomips.jit.analysis;

import java.util.function.LongConsumer;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.GuestInstruction;

/** Where a block can go on inside its region. */
final class Successors {
    private Successors() {}

    /** Calls {@code action} with the address of each successor that is reached without a call. */
    static void withoutCalls(Block block, LongConsumer action) {
        GuestInstruction transfer = block.transfer();
        switch (block.ending()) {
            case FALL -> action.accept(block.next());
            case BRANCH, LIKELY -> {
                action.accept(block.next());
                if (transfer != null) {
                    action.accept(transfer.target());
                }
            }
            case JUMP -> {
                if (transfer != null) {
                    action.accept(transfer.target());
                }
            }
            case JUMP_REGISTER -> block.targets().forEach(action::accept);
            case CALL, CALL_REGISTER, INTERPRET -> {
                // none
            }
        }
    }
}
