package org.xenomips.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import jdk.internal.misc.Unsafe;
import org.xenomips.foreign.NativeFunctions;

/**
 * Raw access to memory outside the Java heap: the one class of the project that uses host addresses. Multi-byte values are
 * big-endian, as the guest's processor sees them.
 *
 * <p>Nothing is checked here. Callers prove that an address lies inside a live {@link GuestRam}; after that block was released
 * an access may end the process.
 *
 * <p>hot: every guest load and store ends here; {@code MemoryAccessBenchmark} compares it with {@code MemorySegment}.
 */
public final class HostMemory {
    /** Guest and host page size used for all page-wise bookkeeping, in bytes. */
    public static final int PAGE_SIZE = 4096;

    private static final Unsafe UNSAFE = Unsafe.getUnsafe();
    private static final boolean SWAP = !UNSAFE.isBigEndian();

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS_NORESERVE = 0x4022;
    private static final MethodHandle MMAP = NativeFunctions.libc("mmap",
            FunctionDescriptor.of(ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));
    private static final MethodHandle MUNMAP = NativeFunctions.libc("munmap",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG, ValueLayout.JAVA_LONG));

    private static final int MADV_DONTNEED = 4;
    private static final MethodHandle MADVISE = NativeFunctions.libc("madvise",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT),
            Linker.Option.critical(true));

    private HostMemory() {}

    /**
     * Gives the host pages of {@code zeros}, a large array whose elements are all 0, back to the host until they are
     * written: the Java virtual machine has touched them all by zeroing them. Nobody may write the array meanwhile.
     *
     * <p>The elements stay 0: private memory without a file reads as zeros afterwards, and the host leaves other memory
     * as it is. The call is a critical one, so the collector moves nothing during it.
     */
    public static void releasePages(long[] zeros) {
        int pageSize = UNSAFE.pageSize();
        MemorySegment elements = MemorySegment.ofArray(zeros);
        long length = elements.byteSize() / pageSize * pageSize - pageSize;
        if (length <= 0) {
            return;
        }
        NativeFunctions.run(() -> {
            // The array's address is unknown; the host refuses all starts but that of a page.
            for (long start = 0; start < pageSize; start += Long.BYTES) {
                if ((int) MADVISE.invokeExact(elements.asSlice(start, length), length, MADV_DONTNEED) == 0) {
                    return;
                }
            }
        });
    }

    /**
     * Maps {@code size} bytes of zeroed, page-aligned memory that the host commits when it is first touched.
     *
     * @throws OutOfMemoryError if the host refuses
     */
    static long map(long size) {
        long address = NativeFunctions.call(
                () -> (long) MMAP.invokeExact(0L, size, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS_NORESERVE, -1, 0L));
        if (address == -1L) {
            throw new OutOfMemoryError("the host has no " + size + " bytes of address space for guest memory");
        }
        return address;
    }

    static void unmap(long address, long size) {
        NativeFunctions.run(() -> {
            int _ = (int) MUNMAP.invokeExact(address, size);
        });
    }

    /** A view of {@code size} bytes at {@code address}, for bulk copies and host I/O. */
    static MemorySegment segment(long address, long size) {
        return MemorySegment.ofAddress(address).reinterpret(size, Arena.global(), null);
    }

    public static byte getByte(long address) {
        return UNSAFE.getByte(null, address);
    }

    public static short getShort(long address) {
        return SWAP ? Short.reverseBytes(UNSAFE.getShort(null, address)) : UNSAFE.getShort(null, address);
    }

    public static int getInt(long address) {
        return SWAP ? Integer.reverseBytes(UNSAFE.getInt(null, address)) : UNSAFE.getInt(null, address);
    }

    public static long getLong(long address) {
        return SWAP ? Long.reverseBytes(UNSAFE.getLong(null, address)) : UNSAFE.getLong(null, address);
    }

    public static void putByte(long address, byte value) {
        UNSAFE.putByte(null, address, value);
    }

    public static void putShort(long address, short value) {
        UNSAFE.putShort(null, address, SWAP ? Short.reverseBytes(value) : value);
    }

    public static void putInt(long address, int value) {
        UNSAFE.putInt(null, address, SWAP ? Integer.reverseBytes(value) : value);
    }

    public static void putLong(long address, long value) {
        UNSAFE.putLong(null, address, SWAP ? Long.reverseBytes(value) : value);
    }

    static void copyOut(long address, byte[] into, int at, int length) {
        UNSAFE.copyMemory(null, address, into, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) at, length);
    }

    static void copyIn(byte[] from, int at, long address, int length) {
        UNSAFE.copyMemory(from, Unsafe.ARRAY_BYTE_BASE_OFFSET + (long) at, null, address, length);
    }

    static void fill(long address, long length, byte value) {
        UNSAFE.setMemory(null, address, length, value);
    }
}
