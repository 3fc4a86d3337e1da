package org.xenomips.devices.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.xenomips.foreign.NativeFunctions;

/** The interfaces of a network namespace, as if_nameindex(3) lists them. Thread: any; the answer is for the calling one's. */
final class InterfaceNames {
    private static final MethodHandle IF_NAMEINDEX = NativeFunctions.libc("if_nameindex",
            FunctionDescriptor.of(ADDRESS));
    private static final MethodHandle IF_FREENAMEINDEX = NativeFunctions.libc("if_freenameindex",
            FunctionDescriptor.ofVoid(ADDRESS));
    /** Size of {@code struct if_nameindex}: number (4), padding (4), pointer to the name (8). */
    private static final int ENTRY_BYTES = 16;
    private static final int NAME = 8;

    private InterfaceNames() {}

    /** Sorted; empty if the kernel does not tell. */
    static List<String> list() {
        List<String> names = NativeFunctions.call(() -> {
            MemorySegment table = (MemorySegment) IF_NAMEINDEX.invokeExact();
            List<String> found = new ArrayList<>();
            if (table.address() != 0) {
                MemorySegment entries = table.reinterpret(Long.MAX_VALUE);
                for (long at = 0; entries.get(JAVA_INT, at) != 0; at += ENTRY_BYTES) {
                    found.add(entries.get(ADDRESS, at + NAME).reinterpret(256).getString(0));
                }
                IF_FREENAMEINDEX.invokeExact(table);
            }
            return found;
        });
        Collections.sort(names);
        return names;
    }
}
