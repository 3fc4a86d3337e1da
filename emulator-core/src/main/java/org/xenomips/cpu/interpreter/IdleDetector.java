package org.xenomips.cpu.interpreter;

import java.util.Arrays;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;

/**
 * Decides whether the guest is idle: it came back to an instruction with the same registers, and in between memory was not
 * changed and no device was touched beyond looking. Then only an event can get it out of the loop.
 *
 * <p>How loops are found: now and then, at the start of a slice, the engine executes some instructions one by one under
 * observation. The head of a loop that was idle is marked in its decoded page; reaching a marked instruction starts an observation
 * at once. All other code runs at full speed.
 *
 * <p>Thread: machine thread.
 */
final class IdleDetector {
    /** Longest loop, in instructions, that is looked for each time, and at marked heads. */
    static final int SHORT_LOOP = 96;

    private static final int LONG_LOOP = 2000;
    /** Instructions between two looks after an idle loop was found. */
    private static final long SHORTEST_DISTANCE = 100_000;
    /** Instructions between two looks when there was nothing to be found for a while. */
    private static final long LONGEST_DISTANCE = 1_600_000;
    private static final int LONG_LOOK_EVERY = 32;
    /** Visits to the configured idle pc after which the guest is idle, as in the compatible program. */
    private static final int VISITS = 500;
    private static final int SLOTS = 16;
    private static final int MOST_CREDIT = 64;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final long[] registers = new long[Cpu.REGISTER_COUNT];
    private boolean observing;
    private boolean changed;
    private long lastLook;
    /** Instructions between two looks. */
    private long distance = SHORTEST_DISTANCE;
    private int looks;
    private int visits;
    /** Marked heads, by a few bits of their address, and how often each was idle minus how often it was not. */
    private final long[] heads = new long[SLOTS];
    private final int[] credit = new int[SLOTS];

    IdleDetector(Cpu cpu) {
        this.cpu = cpu;
        this.memory = cpu.memory();
    }

    /** Starts anew, as if nothing had been executed before {@code retired}; the configured place stays. */
    void forget(long retired) {
        lastLook = retired;
        distance = SHORTEST_DISTANCE;
        looks = 0;
        visits = 0;
        Arrays.fill(heads, 0);
        Arrays.fill(credit, 0);
    }

    // The configured place

    boolean isConfigured(long pc) {
        return cpu.idlePc().isPresent() && (int) cpu.idlePc().getAsLong() == (int) pc;
    }

    /** True if the configured instruction is on the page of {@code pc}. */
    boolean isConfiguredPage(long pc) {
        return cpu.idlePc().isPresent() && ((int) cpu.idlePc().getAsLong() ^ (int) pc) >>> 12 == 0;
    }

    /** Index of the configured instruction in its page. */
    int configuredIndex() {
        return (int) cpu.idlePc().getAsLong() >>> 2 & 1023;
    }

    /** Counts a visit to the configured instruction; true if the guest may sleep now. */
    boolean visit() {
        if (++visits < VISITS) {
            return false;
        }
        visits = 0;
        return true;
    }

    /** An interrupt was taken: the guest has something to do. */
    void interrupted() {
        visits = 0;
    }

    // Finding loops

    /** True if {@code retired} instructions are enough to look again. */
    boolean isTimeToLook(long retired) {
        return retired - lastLook >= distance;
    }

    /** A look begins. */
    void startLook(long retired) {
        lastLook = retired;
    }

    /** A look has found an idle loop or has not: the longer there is none, the less often it is worth looking. */
    void looked(boolean found) {
        distance = found ? SHORTEST_DISTANCE : Math.min(2 * distance, LONGEST_DISTANCE);
    }

    /** How many instructions to observe this time: mostly few. */
    int stepsToLook() {
        return ++looks % LONG_LOOK_EVERY == 0 ? LONG_LOOP : SHORT_LOOP;
    }

    private static int slot(long pc) {
        return (int) (pc >>> 2 ^ pc >>> 8) & SLOTS - 1;
    }

    /** False for a marked instruction that was hardly ever idle lately. */
    boolean isWorthWatching(long pc) {
        return heads[slot(pc)] == pc && credit[slot(pc)] > 0;
    }

    /** The loop at {@code pc} was observed. */
    void watched(long pc, boolean idle) {
        int at = slot(pc);
        if (heads[at] != pc) {
            heads[at] = pc;
            credit[at] = 0;
        }
        credit[at] = Math.min(credit[at] + (idle ? 16 : -1), MOST_CREDIT);
    }

    // Observing

    boolean isObserving() {
        return observing;
    }

    void startObserving() {
        observing = true;
        remember();
    }

    void stopObserving() {
        observing = false;
    }

    private void remember() {
        System.arraycopy(cpu.registers(), 0, registers, 0, registers.length);
        registers[Cpu.SINK] = 0;
        changed = false;
        memory.clearObservable();
    }

    /** Called before each instruction that is executed under observation. */
    void observe(Op op, int word) {
        if (op.has(Trait.STORE)) {
            changed |= op.has(Trait.LINKED) || !isSilent(op, word);
        } else if (op.has(Trait.COP0)) {
            int register = word >>> 11 & 31;
            changed |= op != Op.MFC0 && op != Op.DMFC0 || register == Cp0.COUNT || register == Cp0.RANDOM;
        } else if (op.has(Trait.COP1) || op.has(Trait.LINKED)) {
            changed = true;
        }
    }

    /** The loop came back to its head: true if everything is as it was. If not, the next round is compared with now. */
    boolean isUnchanged() {
        cpu.registers()[Cpu.SINK] = 0;
        if (!changed && !memory.wasObservable() && Arrays.equals(cpu.registers(), registers)) {
            return true;
        }
        remember();
        return false;
    }

    /** A store of what is there already. */
    private boolean isSilent(Op op, int word) {
        int size = switch (op) {
            case SB -> 1;
            case SH -> 2;
            case SW -> 4;
            case SD -> 8;
            default -> 0;
        };
        long address = cpu.gpr(word >>> 21 & 31) + (short) word;
        return size != 0 && memory.holds(address, size, cpu.gpr(word >>> 16 & 31));
    }
}
