package org.xenomips.jit.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.region.Block.Ending;

/**
 * Finds the region of an entry: breadth first along direct branches and observed jumps, within {@value #WINDOW} bytes of the entry,
 * up to a number of instructions, leaving out what was never executed.
 *
 * <p>Two passes: the first one finds out which instructions belong to the region and where blocks begin, the second one cuts the
 * blocks. Thread: machine thread; an object is used once.
 */
public final class RegionFinder {
    private static final long WINDOW = 0x1_0000;

    private final CodeView code;
    private final int limit;
    private final long entry;
    private final Map<Long, GuestInstruction> visited = new HashMap<>();
    private final Set<Long> leaders = new HashSet<>();
    private final ArrayDeque<Long> queue = new ArrayDeque<>();
    private final Map<Long, CodePageUse> pages = new LinkedHashMap<>();
    private boolean cut;

    private RegionFinder(CodeView code, long entry, int limit) {
        this.code = code;
        this.entry = entry;
        this.limit = limit;
    }

    /**
     * The region of {@code entry} with at most about {@code limit} instructions, or null when its first instruction cannot be
     * translated.
     */
    public static @Nullable Region find(CodeView code, long entry, int context, int limit, Region.Hints hints) {
        var finder = new RegionFinder(code, entry, limit);
        if ((entry & 3) != 0 || !finder.isUsable(entry)) {
            return null;
        }
        finder.discover();
        List<Block> blocks = finder.cutBlocks();
        Block first = blocks.getFirst();
        if (first.count() == 0) {
            return null;
        }
        return new Region(entry, context, blocks, hints, List.copyOf(finder.pages.values()),
                finder.visited.size(), finder.cut);
    }

    // First pass

    private void discover() {
        lead(entry);
        for (Long pc = queue.poll(); pc != null; pc = queue.poll()) {
            if (!visited.containsKey(pc)) {
                if (visited.size() < limit) {
                    scan(pc);
                } else {
                    cut = true;
                }
            }
        }
        leaders.retainAll(visited.keySet());
    }

    private void lead(long pc) {
        if (Math.abs(pc - entry) <= WINDOW && isUsable(pc) && leaders.add(pc)) {
            queue.add(pc);
        }
    }

    private void leadIfExecuted(long pc) {
        if (isUsable(pc) && code.wasExecuted(pc)) {
            lead(pc);
        }
    }

    /** True when the instruction at {@code pc} can be looked at and is not kept for the interpreter. */
    private boolean isUsable(long pc) {
        return code.page(pc) != null && !code.isIdleHead(pc);
    }

    /** Visits the instructions from {@code start} to the end of the block. */
    private void scan(long start) {
        for (long pc = start; isUsable(pc); pc += 4) {
            if (visited.containsKey(pc)) {
                leaders.add(pc);
                return;
            }
            if (visited.size() >= limit) {
                cut = true;
                return;
            }
            GuestInstruction instruction = visit(pc);
            if (instruction.isTransfer()) {
                follow(instruction);
                return;
            }
            if (instruction.op().has(Trait.ENDS_BLOCK)) {
                return;
            }
        }
    }

    private GuestInstruction visit(long pc) {
        GuestInstruction instruction = code.instruction(pc);
        visited.put(pc, instruction);
        use(pc);
        return instruction;
    }

    private void use(long pc) {
        CodePageUse page = pages.computeIfAbsent(pc & -4096L, virtual -> {
            CodePage where = code.page(virtual);
            if (where == null) {
                throw new IllegalStateException("the page of an instruction has gone");
            }
            return new CodePageUse(virtual, where.ram(), where.offset(), new long[16]);
        });
        int word = (int) (pc >>> 2) & 1023;
        page.words()[word >> 6] |= 1L << word;
    }

    private void follow(GuestInstruction transfer) {
        if (slotOf(transfer) == null) {
            return;
        }
        use(transfer.pc() + 4);
        long after = transfer.pc() + 8;
        switch (endingOf(transfer)) {
            case BRANCH, LIKELY -> {
                leadIfExecuted(transfer.target());
                leadIfExecuted(after);
            }
            case JUMP -> lead(transfer.target());
            case CALL, CALL_REGISTER -> lead(after);
            case JUMP_REGISTER -> Arrays.stream(observed(transfer)).forEach(this::leadIfExecuted);
            case FALL, INTERPRET -> {
                // nothing behind it belongs to the region
            }
        }
    }

    private long[] observed(GuestInstruction transfer) {
        return transfer.isReturn() ? new long[0] : code.observedTargets(transfer.pc());
    }

    /** The delay slot of {@code transfer} if both can be translated together, else null. */
    private @Nullable GuestInstruction slotOf(GuestInstruction transfer) {
        long pc = transfer.pc() + 4;
        if (endingOf(transfer) == Ending.INTERPRET || !isUsable(pc)) {
            return null;
        }
        GuestInstruction slot = code.instruction(pc);
        return slot.isTransfer() || !Translatable.isInline(slot.op()) ? null : slot;
    }

    private static Ending endingOf(GuestInstruction transfer) {
        Op op = transfer.op();
        return switch (op) {
            case J -> Ending.JUMP;
            case JAL -> Ending.CALL;
            case JR -> Ending.JUMP_REGISTER;
            case JALR -> transfer.rd() == 0
                    ? Ending.JUMP_REGISTER
                    : transfer.rd() == transfer.rs() ? Ending.INTERPRET : Ending.CALL_REGISTER;
            case BGEZAL -> transfer.rs() == 0 ? Ending.CALL : Ending.INTERPRET;
            default -> op.has(Trait.COP1) || op.has(Trait.LINK)
                    ? Ending.INTERPRET
                    : op.has(Trait.LIKELY) ? Ending.LIKELY : Ending.BRANCH;
        };
    }

    // Second pass

    private List<Block> cutBlocks() {
        var blocks = new ArrayList<Block>();
        blocks.add(cut(entry));
        leaders.stream().filter(pc -> pc != entry).sorted().forEach(pc -> blocks.add(cut(pc)));
        return List.copyOf(blocks);
    }

    private Block cut(long start) {
        var body = new ArrayList<GuestInstruction>();
        for (long pc = start;; pc += 4) {
            GuestInstruction instruction = visited.get(pc);
            if (instruction == null || pc != start && leaders.contains(pc)) {
                return new Block(start, List.copyOf(body), null, null, Ending.FALL, pc, List.of());
            }
            if (instruction.isTransfer()) {
                return withTransfer(start, body, instruction);
            }
            if (!Translatable.canContinueAfter(instruction.op())) {
                return new Block(start, List.copyOf(body), null, null, Ending.INTERPRET, pc, List.of());
            }
            body.add(instruction);
        }
    }

    private Block withTransfer(long start, List<GuestInstruction> body, GuestInstruction transfer) {
        GuestInstruction slot = slotOf(transfer);
        if (slot == null) {
            return new Block(start, List.copyOf(body), null, null, Ending.INTERPRET, transfer.pc(), List.of());
        }
        Ending ending = endingOf(transfer);
        List<Long> targets = ending == Ending.JUMP_REGISTER
                ? Arrays.stream(observed(transfer)).filter(leaders::contains).sorted().boxed().toList()
                : List.of();
        return new Block(start, List.copyOf(body), transfer, slot, ending, transfer.pc() + 8, targets);
    }
}
