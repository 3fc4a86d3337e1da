package org.xenomips.exec.random;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.GuestMachine;
import org.xenomips.isa.RegisterNames;

/**
 * Everything of a machine that must not depend on the engine, by name. Looking does not disturb the machine: Random and Count, which
 * change by being read, are left out.
 */
public final class MachineState {
    private static final int PAGE = 4096;

    private final Map<String, Long> values = new LinkedHashMap<>();

    private MachineState() {}

    /** The state of {@code machine} now; with {@code all}, of all memory, else only of what programs write most. */
    public static MachineState of(GuestMachine machine, boolean all) {
        var state = new MachineState();
        Cpu cpu = machine.cpu;
        state.put("pc", cpu.pc());
        state.put("retired", cpu.retired());
        for (int number = 1; number < 32; number++) {
            state.put(RegisterNames.general(number), cpu.gpr(number));
        }
        state.put("HI", cpu.hi());
        state.put("LO", cpu.lo());
        state.coprocessors(cpu);
        for (int i = 0; i < machine.cpu.tlb().size(); i++) {
            state.tlbEntry(cpu, i);
        }
        state.put("clock", machine.clock.nowNs());
        state.put("device counter", machine.counter());
        state.put("device log length", machine.written.size());
        state.put("device log", machine.written.hashCode());
        if (all) {
            state.memory(machine, 0, GuestRuntime.REACH);
        } else {
            state.memory(machine, GuestRuntime.VARIABLES, 2 * GuestRuntime.NOTES_LENGTH);
            state.memory(machine, GuestRuntime.DATA, GuestRuntime.DATA_LENGTH);
            state.memory(machine, GuestRuntime.STACK & -PAGE, PAGE);
        }
        return state;
    }

    private void coprocessors(Cpu cpu) {
        for (int number = 0; number < 32; number++) {
            if (number != Cp0.RANDOM && number != Cp0.COUNT) {
                put("CP0 $" + number, cpu.cp0().read(number, 0));
            }
        }
        for (int number = 0; number < 32; number += cpu.cp0().status() << 5 < 0 ? 1 : 2) {
            put("f" + number, cpu.fpu().doubleword(number));
        }
        put("FCR31", cpu.fpu().control(31));
    }

    private void tlbEntry(Cpu cpu, int index) {
        if (cpu.tlb().isWritten(index)) {
            String name = "TLB " + index + " ";
            put(name + "EntryHi", cpu.tlb().entryHi(index));
            put(name + "PageMask", cpu.tlb().pageMask(index));
            put(name + "EntryLo0", cpu.tlb().entryLo0(index));
            put(name + "EntryLo1", cpu.tlb().entryLo1(index));
        }
    }

    private void memory(GuestMachine machine, int from, int length) {
        var bytes = new byte[PAGE];
        for (int page = from; page < from + length; page += PAGE) {
            if (!machine.ram.isZero(page, PAGE)) {
                machine.ram.read(page, bytes, 0, PAGE);
                var sum = new CRC32C();
                sum.update(bytes);
                put("page %06x".formatted(page), sum.getValue());
            }
        }
    }

    private void put(String name, long value) {
        values.put(name, value);
    }

    /** One line for each value that differs from that in {@code other}; empty if the states are the same. */
    public String differences(MachineState other) {
        if (values.equals(other.values)) {
            return "";
        }
        var text = new StringBuilder();
        var names = new LinkedHashMap<>(values);
        names.putAll(other.values);
        for (String name : names.keySet()) {
            Long mine = values.get(name);
            Long theirs = other.values.get(name);
            if (mine == null || !mine.equals(theirs)) {
                text.append("%s: %s, %s%n".formatted(name, text(mine), text(theirs)));
            }
        }
        return text.toString();
    }

    private static String text(@org.jspecify.annotations.Nullable Long value) {
        return value == null ? "none" : Long.toHexString(value);
    }
}
