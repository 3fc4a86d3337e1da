package org.xenomips.foreign;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * Binds functions of native libraries and calls them. A method handle may throw anything as far as the compiler knows; a native
 * function throws nothing, so what comes is a defect of ours and becomes an {@link IllegalStateException} here.
 *
 * <p>Threads: any; the error number is captured into memory of the calling thread. Once compiled, calls by
 * {@link #count} allocate nothing.
 */
public final class NativeFunctions {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO_OFFSET = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final ThreadLocal<MemorySegment> THREAD_STATE = ThreadLocal
            .withInitial(() -> Arena.ofAuto().allocate(STATE));

    /** Calls of functions, with a result. */
    public interface Call<R> {
        R call() throws Throwable;
    }

    /** Calls of functions, without a result. */
    public interface Run {
        void run() throws Throwable;
    }

    /** A call of a function whose result is a number. */
    public interface Count {
        long call() throws Throwable;
    }

    /** A call of a function of {@link #systemCall}; {@code state} is its first argument. */
    public interface SystemCall {
        long call(MemorySegment state) throws Throwable;
    }

    private NativeFunctions() {}

    /** The function {@code name} of {@code library}. */
    public static MethodHandle of(SymbolLookup library, String name, FunctionDescriptor descriptor,
            Linker.Option... options) {
        return LINKER.downcallHandle(library.findOrThrow(name), descriptor, options);
    }

    /** The function {@code name} of the C library. */
    public static MethodHandle libc(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        return of(LINKER.defaultLookup(), name, descriptor, options);
    }

    /** A function of the C library that returns a negative number and sets {@code errno} when it fails. */
    public static MethodHandle systemCall(String name, FunctionDescriptor descriptor) {
        return libc(name, descriptor, Linker.Option.captureCallState("errno"));
    }

    /** The same for one whose arguments from number {@code variadicFrom} on, counted from 0, are variable ones. */
    public static MethodHandle systemCall(String name, FunctionDescriptor descriptor, int variadicFrom) {
        return libc(name, descriptor, Linker.Option.captureCallState("errno"),
                Linker.Option.firstVariadicArg(variadicFrom));
    }

    /** Calls native functions in {@code calls}; its result. */
    public static <R> R call(Call<R> calls) {
        try {
            return calls.call();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Calls native functions in {@code calls}. */
    public static void run(Run calls) {
        try {
            calls.run();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Calls a function; its result. */
    public static long count(Count call) {
        try {
            return call.call();
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    /** Calls a function of {@link #systemCall}; its result, or the negative error number. */
    public static long result(SystemCall call) {
        try {
            MemorySegment state = THREAD_STATE.get();
            long result = call.call(state);
            return result >= 0 ? result : -state.get(ValueLayout.JAVA_INT, ERRNO_OFFSET);
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("native call", e);
    }
}
