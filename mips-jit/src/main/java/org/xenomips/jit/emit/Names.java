package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.Slice;
import org.xenomips.jit.unit.CallSite;
import org.xenomips.jit.unit.ExceptionCalls;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.Unit;
import org.xenomips.jit.unit.UnitConstants;
import org.xenomips.jit.unit.UnitRuntime;
import org.xenomips.memory.HostMemory;

/** Symbolic references of generated code. */
final class Names {
    static final ClassDesc LONGS = CD_long.arrayType();
    static final ClassDesc UNIT = desc(Unit.class);
    static final ClassDesc LINK = desc(Link.class);
    static final ClassDesc CALL_SITE = desc(CallSite.class);
    static final ClassDesc EXITS = desc(Exits.class);
    static final ClassDesc SLICE = desc(Slice.class);
    static final ClassDesc CPU = desc(Cpu.class);
    static final ClassDesc CP0 = desc(Cp0.class);
    static final ClassDesc EXCEPTIONS = desc(ExceptionCalls.class);
    static final ClassDesc RUNTIME = desc(UnitRuntime.class);
    static final ClassDesc CONSTANTS = desc(UnitConstants.class);
    static final ClassDesc MEMORY = desc(HostMemory.class);
    static final ClassDesc PAGE_TABLES = desc(org.xenomips.cpu.PageTables.class);
    static final ClassDesc SUPPORT = desc(org.xenomips.jit.unit.Support.class);

    static final MethodTypeDesc RUN = MethodTypeDesc.of(CD_long, CD_int);
    static final MethodTypeDesc VOID = MethodTypeDesc.of(CD_void);
    static final MethodTypeDesc VOID_OF_LONG = MethodTypeDesc.of(CD_void, CD_long);
    static final MethodTypeDesc EXIT = MethodTypeDesc.of(CD_long, CD_int, CD_int);
    static final MethodTypeDesc LEAVE = MethodTypeDesc.of(CD_long, CD_int, CD_int, CD_long);
    static final MethodTypeDesc DISPATCH = MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_int, CD_int);
    static final MethodTypeDesc LONG_OF_LONG = MethodTypeDesc.of(CD_long, CD_long);
    static final MethodTypeDesc LONG_OF_LONGS = MethodTypeDesc.of(CD_long, CD_long, CD_long);
    static final MethodTypeDesc SYSTEM_CALL = MethodTypeDesc.of(LINK, CD_long);
    static final MethodTypeDesc EXCEPTION_RETURN = MethodTypeDesc.of(CD_long, CD_int);
    static final MethodTypeDesc IS_DISTURBED = MethodTypeDesc.of(ConstantDescs.CD_boolean, CD_int);
    static final MethodTypeDesc READ_CP0 = MethodTypeDesc.of(CD_long, CPU, SLICE, CD_int, CD_int, CD_int);
    static final MethodTypeDesc WRITE_CP0 = MethodTypeDesc.of(CD_void, CPU, SLICE, CD_int, CD_int, CD_int, CD_long);
    static final MethodTypeDesc CP0_OF_CPU = MethodTypeDesc.of(CP0);
    static final MethodTypeDesc READ = MethodTypeDesc.of(CD_long);
    static final MethodTypeDesc STATUS = MethodTypeDesc.of(CD_int);
    static final MethodTypeDesc READ_CAUSE = MethodTypeDesc.of(CD_long, CPU, SLICE, CD_int);
    static final MethodTypeDesc WRITE_TLB = MethodTypeDesc.of(CD_void, CPU, SLICE, CD_int);
    static final MethodTypeDesc IS_USABLE = MethodTypeDesc.of(ConstantDescs.CD_boolean, CPU);
    static final MethodTypeDesc OF_CPU = MethodTypeDesc.of(CD_void, CPU);
    static final MethodTypeDesc ADD_IF_WIDE = MethodTypeDesc.of(CD_long, CD_long, CD_long, CD_int);
    static final MethodTypeDesc INT_OF_INTS = MethodTypeDesc.of(CD_int, CD_int, CD_int);
    static final MethodTypeDesc FIND = MethodTypeDesc.of(LINK, CD_long);

    private Names() {}

    static ClassDesc desc(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
