package org.xenomips.jit.lockstep;

import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.cpu.CpuMemory.CodePage;
import org.xenomips.cpu.PageTables;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.exec.Slice;

/**
 * Executes a segment once more with the interpreter and compares its stores, one by one, and the place where the slice ends with
 * those of translated code. Machine thread.
 */
final class Replay {
    /** How many of the instructions executed last are remembered. */
    private static final int TRAIL = 32;

    private final Cpu cpu;
    private final CpuMemory memory;
    private final InterpreterEngine interpreter;
    private final Slice slice;
    private final StoreLog stores;
    private final long[] trail = new long[TRAIL];
    private int steps;
    private int compared;
    private long pageAddress;
    private @Nullable CodePage page;
    private @Nullable String difference;

    Replay(Cpu cpu, InterpreterEngine interpreter, StoreLog stores) {
        this.cpu = cpu;
        this.memory = cpu.memory();
        this.interpreter = interpreter;
        this.slice = interpreter.slice();
        this.stores = stores;
    }

    /**
     * Executes instructions until {@code remaining} are left of the slice.
     *
     * @return the first difference, or null if there is none up to here
     */
    @Nullable
    String run(int remaining) {
        steps = 0;
        compared = 0;
        pageAddress = 1;
        difference = null;
        while (slice.remaining > remaining) {
            long pc = cpu.pc();
            int left = slice.remaining;
            if (interpreter.isSliceOver()) {
                differ("the slice ends before %08x, where translated code went on".formatted((int) pc));
            }
            interpreter.step();
            trail[steps++ % TRAIL] = pc;
            compareStores(pc, left - slice.remaining);
        }
        if (compared < stores.count()) {
            differ("store %d of translated code, at %s, has no counterpart".formatted(compared + 1, text(compared)));
        }
        return difference;
    }

    private void differ(String what) {
        if (difference == null) {
            difference = what;
        }
    }

    /** Looks at the stores among {@code count} instructions from {@code pc} on; they have left their base registers alone. */
    private void compareStores(long pc, int count) {
        for (int i = 0; i < count; i++) {
            long address = pc + 4L * i;
            CodePage where = page(address);
            if (where != null) {
                int word = (int) where.ram().read(where.offset() + (address & 0xffc), 4);
                int size = storedBytes(word);
                if (size != 0) {
                    compareStore(address, cpu.gpr(word >>> 21 & 31) + (short) word & -size, size);
                }
            }
        }
    }

    private @Nullable CodePage page(long pc) {
        long address = pc & -4096L;
        if (address != pageAddress) {
            pageAddress = address;
            page = memory.peekCode(address);
        }
        return page;
    }

    /** Size of what {@code word} stores to; 0 if it is no store. A part of a word counts as the word. */
    private static int storedBytes(int word) {
        return switch (word >>> 26) {
            case 0x28 -> 1; // SB
            case 0x29 -> 2; // SH
            case 0x2a, 0x2b, 0x2e, 0x38, 0x39 -> 4; // SWL, SW, SWR, SC, SWC1
            case 0x2c, 0x2d, 0x3c, 0x3d, 0x3f -> 8; // SDL, SDR, SCD, SDC1, SD
            default -> 0;
        };
    }

    private void compareStore(long pc, long address, int size) {
        if (difference != null) {
            return;
        }
        int at = compared++;
        long place = memory.inTables(address);
        long entry = memory.tables().write()[PageTables.index(place)];
        long host = place + entry;
        if (entry == 0 || !CpuMemory.isPlain(place, size)) {
            differ("the store at %08x goes to %x, which is not plain memory".formatted((int) pc, address));
        } else if (at >= stores.count()) {
            differ("the store at %08x of %s has no counterpart".formatted((int) pc,
                    text(address, size, StoreLog.read(host, size))));
        } else if (host != stores.host(at) || size != stores.size(at)
                || StoreLog.read(host, size) != stores.value(at)) {
            differ("the store at %08x is %s, that of translated code %s".formatted((int) pc,
                    text(address, size, StoreLog.read(host, size)), text(at)));
        }
    }

    private String text(int index) {
        return text(guestAddress(stores.host(index)), stores.size(index), stores.value(index));
    }

    private static String text(long address, int size, long value) {
        return ("%0" + 2 * size + "x to %08x").formatted(value, (int) address);
    }

    /** An address at which the guest can store to {@code host}; {@code host} itself if there is none. */
    private long guestAddress(long host) {
        long[] table = memory.tables().write();
        for (int i = 0; i < table.length; i++) {
            long address = (long) (i << 12);
            if (table[i] != 0 && (host & -4096L) == address + table[i]) {
                return host - table[i];
            }
        }
        return host;
    }

    /** The instructions executed last, the oldest first; transfers stand for their slots as well. */
    long[] trail() {
        int length = Math.min(steps, TRAIL);
        long[] result = new long[length];
        for (int i = 0; i < length; i++) {
            result[i] = trail[(steps - length + i) % TRAIL];
        }
        return result;
    }

    /** How many instructions were executed, counting a transfer and its slot as one. */
    int steps() {
        return steps;
    }
}
