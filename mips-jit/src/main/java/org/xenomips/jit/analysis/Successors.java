package org.xenomips.jit.analysis;

import java.util.function.Consumer;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.Place;

/** Where a block can go on inside its region. */
final class Successors {
    private Successors() {}

    /** Calls {@code action} with each place that is reached without a call. */
    static void withoutCalls(Block block, Consumer<Place> action) {
        switch (block.ending()) {
            case FALL -> action.accept(block.next());
            case BRANCH, LIKELY -> {
                action.accept(block.next());
                action.accept(block.target());
            }
            case JUMP, INLINED_CALL, INLINED_RETURN, JUMP_REGISTER, CALL_REGISTER -> block.targets().forEach(action);
            case CALL, SYSTEM_CALL, EXCEPTION_RETURN, FAR_JUMP, INTERPRET -> {
                // none
            }
        }
    }
}
