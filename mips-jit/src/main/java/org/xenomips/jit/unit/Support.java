package org.xenomips.jit.unit;

import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.SemanticsSystem;
import org.xenomips.exec.Slice;

/** Small static methods that generated code calls and HotSpot inlines. */
public final class Support {
    private Support() {}

    /** True when Status.CU1 is set. */
    public static boolean isFpuUsable(Cpu cpu) {
        return cpu.cp0().isFpuUsable();
    }

    /** Value of a register of coprocessor 0 with {@code remaining} instructions left before the instruction that reads it. */
    public static long readCp0(Cpu cpu, Slice slice, int remaining, int register, int select) {
        slice.remaining = remaining;
        cpu.setRetired(slice.retired());
        return cpu.cp0().read(register, select);
    }

    /** The same for Cause. */
    public static long readCause(Cpu cpu, Slice slice, int remaining) {
        slice.remaining = remaining;
        cpu.setRetired(slice.retired());
        return cpu.cp0().readCause();
    }

    /** Sets a register of coprocessor 0 with {@code remaining} instructions left before the instruction that writes it. */
    public static void writeCp0(Cpu cpu, Slice slice, int remaining, int register, int select, long value) {
        slice.remaining = remaining;
        cpu.setRetired(slice.retired());
        cpu.cp0().write(register, select, value);
    }

    /** TLBWI with {@code remaining} instructions left before it. */
    public static void tlbwi(Cpu cpu, Slice slice, int remaining) {
        slice.remaining = remaining;
        cpu.setRetired(slice.retired());
        SemanticsSystem.tlbwi(cpu);
    }

    /** TLBWR with {@code remaining} instructions left before it. */
    public static void tlbwr(Cpu cpu, Slice slice, int remaining) {
        slice.remaining = remaining;
        cpu.setRetired(slice.retired());
        SemanticsSystem.tlbwr(cpu);
    }

    /** {@code set} with {@code register} added if {@code value}, which it holds, is no sign-extended word. */
    public static long addIfWide(long set, long value, int register) {
        return value == (int) value ? set : set | 1L << register;
    }

    /** The registers that hold something else than sign-extended words. */
    public static long wideRegisters(long[] registers) {
        long differences = 0;
        for (int i = 0; i < registers.length; i++) {
            differences |= registers[i] ^ (int) registers[i];
        }
        long set = 0;
        if (differences != 0) {
            for (int i = 0; i < registers.length; i++) {
                set = addIfWide(set, registers[i], i);
            }
        }
        return set;
    }

    /** {@code host}, after {@code runtime} was told that {@code size} bytes there are overwritten next. */
    public static long storing(long host, UnitRuntime runtime, int size) {
        runtime.storing(host, size);
        return host;
    }
}
