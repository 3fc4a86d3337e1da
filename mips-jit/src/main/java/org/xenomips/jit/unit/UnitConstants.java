package org.xenomips.jit.unit;

import org.xenomips.cpu.Cpu;
import org.xenomips.exec.Slice;

/**
 * What a generated class is given when it is defined; its initialiser copies the components to static final fields, which HotSpot
 * treats as constants. The names of the components are the names of the fields.
 *
 * @param cpu the processor
 * @param registers its registers
 * @param read the page table for loads of the unit's mode
 * @param write the page table for stores of the unit's mode
 * @param slice what is left of the slice
 * @param exits the unit's exits
 * @param runtime the engine
 * @param exceptions system calls and returns from exceptions
 * @param links entries that the unit calls
 * @param callSites the unit's calls through registers
 */
public record UnitConstants(Cpu cpu, long[] registers, long[] read, long[] write, Slice slice, Exits exits,
        UnitRuntime runtime, ExceptionCalls exceptions,
        Link[] links, CallSite[] callSites) {
}
