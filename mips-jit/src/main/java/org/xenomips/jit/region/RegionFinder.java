package org.xenomips.jit.region;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
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
 * up to a number of instructions, leaving out what was never executed. Small functions that are called become part of the region,
 * once for each call.
 *
 * <p>Two passes: the first one finds out which instructions belong to the region and where blocks begin, the second one cuts the
 * blocks. Thread: machine thread; an object is used once.
 */
public final class RegionFinder {
    private static final long WINDOW = 0x1_0000;
    /** A call through a register to more functions than this is a call for all of them. */
    private static final int MOST_FUNCTIONS = 8;
    /** How many functions deep. */
    private static final int DEEPEST_INLINED = 2;

    /** A function called from the region: the frame and the address its copy returns to. */
    private record Frame(Place returnPlace, int depth) {
    }

    private final CodeView code;
    private final int limit;
    private final long entry;
    private final Map<Place, GuestInstruction> visited = new HashMap<>();
    private final Set<Place> leaders = new HashSet<>();
    private final ArrayDeque<Place> queue = new ArrayDeque<>();
    private final List<Frame> frames = new ArrayList<>();
    /** The functions that are part of the region, by the place of the call. */
    private final Map<Place, List<Place>> inlined = new HashMap<>();
    private final Map<Long, SmallFunction> functions = new HashMap<>();
    private final Map<Long, CodePageUse> pages = new LinkedHashMap<>();
    private boolean cut;

    private RegionFinder(CodeView code, long entry, int limit) {
        this.code = code;
        this.entry = entry;
        this.limit = limit;
        frames.add(new Frame(new Place(0, 0), 0));
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
        if (first.ending() == Ending.INTERPRET && first.count() == 0) {
            return null;
        }
        return new Region(entry, context, blocks, hints, List.copyOf(finder.pages.values()), finder.visited.size(),
                finder.cut);
    }

    // First pass

    private void discover() {
        lead(new Place(entry, 0));
        for (Place place = queue.poll(); place != null; place = queue.poll()) {
            if (!visited.containsKey(place)) {
                if (visited.size() < limit) {
                    scan(place);
                } else {
                    cut = true;
                }
            }
        }
        leaders.retainAll(visited.keySet());
    }

    private void lead(Place place) {
        if (isNear(place.pc()) && isUsable(place.pc()) && leaders.add(place)) {
            queue.add(place);
        }
    }

    private boolean isNear(long pc) {
        return isNear(entry, pc);
    }

    /** True when {@code pc} can belong to a region that begins at {@code entry}. */
    public static boolean isNear(long entry, long pc) {
        return Math.abs(pc - entry) <= WINDOW;
    }

    private void leadIfExecuted(Place place) {
        if (isUsable(place.pc()) && code.wasExecuted(place.pc())) {
            lead(place);
        }
    }

    /** True when the instruction at {@code pc} can be looked at, is in 32-bit address space, and is not kept for the interpreter. */
    private boolean isUsable(long pc) {
        return (int) pc == pc && code.page(pc) != null && !code.isIdleHead(pc);
    }

    /** Visits the instructions from {@code start} to the end of the block. */
    private void scan(Place start) {
        for (Place place = start; isUsable(place.pc()); place = place.at(place.pc() + 4)) {
            if (visited.containsKey(place)) {
                leaders.add(place);
                return;
            }
            if (visited.size() >= limit) {
                cut = true;
                return;
            }
            GuestInstruction instruction = code.instruction(place.pc());
            visited.put(place, instruction);
            use(place.pc());
            if (instruction.isTransfer()) {
                follow(instruction, place);
                return;
            }
            if (isInlineSystemCall(instruction)) {
                lead(place.at(place.pc() + 4));
            }
            if (instruction.op().has(Trait.ENDS_BLOCK)) {
                return;
            }
        }
    }

    private boolean isInlineSystemCall(GuestInstruction instruction) {
        return instruction.op() == Op.SYSCALL && code.isSystemCallInline();
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

    private void follow(GuestInstruction transfer, Place place) {
        if (slotOf(transfer) == null) {
            return;
        }
        use(transfer.pc() + 4);
        Place after = place.at(transfer.pc() + 8);
        switch (endingOf(transfer)) {
            case BRANCH, LIKELY -> {
                leadIfExecuted(place.at(transfer.target()));
                leadIfExecuted(after);
            }
            case JUMP -> lead(place.at(transfer.target()));
            case CALL -> {
                if (isInlinable(transfer.target(), place)) {
                    inline(place, transfer.target());
                } else {
                    lead(after);
                }
            }
            case CALL_REGISTER -> {
                for (long target : observedFunctions(transfer)) {
                    if (isInlinable(target, place)) {
                        inline(place, target);
                    }
                }
                lead(after);
            }
            case JUMP_REGISTER -> {
                if (isInlinedReturn(transfer, place)) {
                    lead(frames.get(place.frame()).returnPlace);
                } else {
                    Arrays.stream(observed(transfer)).forEach(target -> leadIfExecuted(place.at(target)));
                }
            }
            default -> {
                // nothing behind it belongs to the region
            }
        }
    }

    /** Makes the function at {@code target}, which is called at {@code call}, part of the region. */
    private void inline(Place call, long target) {
        frames.add(new Frame(call.at(call.pc() + 8), frames.get(call.frame()).depth + 1));
        Place function = new Place(target, frames.size() - 1);
        inlined.computeIfAbsent(call, place -> new ArrayList<>()).add(function);
        lead(function);
    }

    /** The functions a call through a register was seen to go to. */
    private long[] observedFunctions(GuestInstruction call) {
        long[] targets = call.rd() == 31 ? code.observedTargets(call.pc()) : new long[0];
        return targets.length <= MOST_FUNCTIONS ? targets : new long[0];
    }

    private static boolean isInlinedReturn(GuestInstruction transfer, Place place) {
        return transfer.isReturn() && place.frame() != 0;
    }

    /** True when the function at {@code pc}, called at {@code call}, is small enough to be part of the region. */
    private boolean isInlinable(long pc, Place call) {
        return frames.get(call.frame()).depth < DEEPEST_INLINED && isNear(pc) && isUsable(pc)
                && functions.computeIfAbsent(pc, this::function).isInlinable(call.pc(), limit - visited.size());
    }

    private SmallFunction function(long pc) {
        return SmallFunction.at(pc, code, at -> isNear(at) && isUsable(at));
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
        return slot.isTransfer() || !Translatable.isPlain(slot) ? null : slot;
    }

    static Ending endingOf(GuestInstruction transfer) {
        Op op = transfer.op();
        return switch (op) {
            case J -> Ending.JUMP;
            case JAL -> Ending.CALL;
            case JR -> Ending.JUMP_REGISTER;
            case JALR -> transfer.rd() == 0
                    ? Ending.JUMP_REGISTER
                    : transfer.rd() == transfer.rs() ? Ending.INTERPRET : Ending.CALL_REGISTER;
            case BGEZAL -> transfer.rs() == 0 ? Ending.CALL : Ending.INTERPRET;
            default -> op.has(Trait.COP1) && !transfer.callable() || op.has(Trait.LINK)
                    ? Ending.INTERPRET
                    : op.has(Trait.LIKELY) ? Ending.LIKELY : Ending.BRANCH;
        };
    }

    // Second pass

    private List<Block> cutBlocks() {
        var blocks = new ArrayList<Block>();
        Place first = new Place(entry, 0);
        blocks.add(cut(first));
        leaders.stream()
                .filter(place -> !place.equals(first))
                .sorted(Comparator.comparingInt(Place::frame).thenComparingLong(Place::pc))
                .forEach(place -> blocks.add(cut(place)));
        return List.copyOf(blocks);
    }

    private Block cut(Place start) {
        var body = new ArrayList<GuestInstruction>();
        for (Place place = start;; place = place.at(place.pc() + 4)) {
            GuestInstruction instruction = visited.get(place);
            if (instruction == null || !place.equals(start) && leaders.contains(place)) {
                return new Block(start, List.copyOf(body), null, null, Ending.FALL, place, List.of());
            }
            if (instruction.isTransfer()) {
                return withTransfer(start, body, instruction);
            }
            if (isInlineSystemCall(instruction)) {
                return new Block(start, List.copyOf(body), null, null, Ending.SYSTEM_CALL, place.at(place.pc() + 4),
                        List.of());
            }
            if (instruction.op() == Op.ERET && instruction.kernel()) {
                return new Block(start, List.copyOf(body), null, null, Ending.EXCEPTION_RETURN, place, List.of());
            }
            if (!Translatable.canContinueAfter(instruction.op())) {
                return new Block(start, List.copyOf(body), null, null, Ending.INTERPRET, place, List.of());
            }
            body.add(instruction);
        }
    }

    private Block withTransfer(Place start, List<GuestInstruction> body, GuestInstruction transfer) {
        Place place = start.at(transfer.pc());
        GuestInstruction slot = slotOf(transfer);
        if (slot == null) {
            return new Block(start, List.copyOf(body), null, null, Ending.INTERPRET, place, List.of());
        }
        Ending ending = endingOf(transfer);
        List<Place> targets = List.of();
        List<Place> functions = inlined.get(place);
        if (functions != null) {
            // a known function whose code did not fit is left for at once; one of several is called
            boolean only = ending == Ending.CALL;
            ending = only ? Ending.INLINED_CALL : ending;
            targets = functions.stream()
                    .filter(function -> only || leaders.contains(function))
                    .sorted(Comparator.comparingLong(Place::pc))
                    .toList();
        } else if (ending == Ending.JUMP_REGISTER && isInlinedReturn(transfer, place)) {
            ending = Ending.INLINED_RETURN;
            targets = List.of(frames.get(place.frame()).returnPlace);
        } else if (ending == Ending.JUMP_REGISTER) {
            long[] seen = observed(transfer);
            if (seen.length > 0 && Arrays.stream(seen).noneMatch(this::isNear)) {
                ending = Ending.FAR_JUMP;
            }
            targets = Arrays.stream(seen).sorted().mapToObj(place::at).filter(leaders::contains).toList();
        } else if (!transfer.isIndirect()) {
            targets = List.of(place.at(transfer.target()));
        }
        return new Block(start, List.copyOf(body), transfer, slot, ending, place.at(transfer.pc() + 8), targets);
    }
}
