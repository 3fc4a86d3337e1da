package org.xenomips.devices.netio;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenomips.net.Frame;

/**
 * The system's libpcap, loaded when first asked for. Filters are compiled against a dead handle, which expects VLAN tags in the
 * frame and not beside it.
 *
 * <p>Threads: any; compiling is serialised, since old versions share state.
 */
final class Libpcap implements PacketLibrary {
    private static final List<String> FILES = List.of("libpcap.so.0.8", "libpcap.so.1", "libpcap.so");
    private static final int ERROR_BYTES = 256;
    private static final int PROGRAM_BYTES = 16;
    private static final int PACKET_HEADER_BYTES = 24;
    private static final int CAPTURED = 16;
    private static final int ORIGINAL = 20;
    private static final int SNAP_LENGTH = 65_535;
    private static final int NO_NETMASK = -1;
    private static final long LONGEST_TEXT = 4096;

    /** Loads the library once, on first use. */
    private static final class Holder {
        static final @Nullable Libpcap INSTANCE = load();

        private Holder() {}

        private static @Nullable Libpcap load() {
            for (String file : FILES) {
                try {
                    return new Libpcap(SymbolLookup.libraryLookup(file, Arena.global()));
                } catch (IllegalArgumentException | java.util.NoSuchElementException e) {
                    HostPort.LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", file, e.getMessage());
                }
            }
            return null;
        }
    }

    private final MethodHandle libVersion;
    private final MethodHandle findAllDevs;
    private final MethodHandle freeAllDevs;
    private final MethodHandle openDead;
    private final MethodHandle compile;
    private final MethodHandle getError;
    private final MethodHandle closeHandle;
    private final MethodHandle freeCode;
    private final MethodHandle offlineFilter;

    private Libpcap(SymbolLookup library) {
        libVersion = handle(library, "pcap_lib_version", FunctionDescriptor.of(ADDRESS));
        findAllDevs = handle(library, "pcap_findalldevs", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        freeAllDevs = handle(library, "pcap_freealldevs", FunctionDescriptor.ofVoid(ADDRESS));
        openDead = handle(library, "pcap_open_dead", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
        compile = handle(library, "pcap_compile",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
        getError = handle(library, "pcap_geterr", FunctionDescriptor.of(ADDRESS, ADDRESS));
        closeHandle = handle(library, "pcap_close", FunctionDescriptor.ofVoid(ADDRESS));
        freeCode = handle(library, "pcap_freecode", FunctionDescriptor.ofVoid(ADDRESS));
        offlineFilter = handle(library, "pcap_offline_filter",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    }

    private static MethodHandle handle(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(library.findOrThrow(name), descriptor);
    }

    static Optional<PacketLibrary> instance() {
        return Optional.ofNullable(Holder.INSTANCE);
    }

    private static IllegalStateException broken(Throwable e) {
        return new IllegalStateException("libpcap", e);
    }

    private static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(LONGEST_TEXT).getString(0);
    }

    @Override
    public String version() {
        try {
            return text((MemorySegment) libVersion.invokeExact());
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public Map<String, String> descriptions() {
        Map<String, String> result = new LinkedHashMap<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(ADDRESS);
            if ((int) findAllDevs.invokeExact(first, arena.allocate(ERROR_BYTES)) != 0) {
                return result;
            }
            MemorySegment list = first.get(ADDRESS, 0);
            MemorySegment entry = list;
            while (entry.address() != 0) {
                MemorySegment fields = entry.reinterpret(3L * Long.BYTES);
                String description = text(fields.get(ADDRESS, 16));
                if (!description.isEmpty()) {
                    result.put(text(fields.get(ADDRESS, 8)), description);
                }
                entry = fields.get(ADDRESS, 0);
            }
            freeAllDevs.invokeExact(list);
            return result;
        } catch (Throwable e) {
            throw broken(e);
        }
    }

    @Override
    public synchronized PacketFilter compile(String expression, int linkType) {
        Filter filter = new Filter();
        String error;
        try (Arena local = Arena.ofConfined()) {
            MemorySegment dead = (MemorySegment) openDead.invokeExact(linkType, SNAP_LENGTH);
            MemorySegment text = local.allocateFrom(expression);
            int result = (int) compile.invokeExact(dead, filter.program, text, 1, NO_NETMASK);
            error = result == 0 ? "" : text((MemorySegment) getError.invokeExact(dead));
            closeHandle.invokeExact(dead);
        } catch (Throwable e) {
            throw broken(e);
        }
        if (!error.isEmpty()) {
            // An empty program may be freed.
            filter.close();
            throw new IllegalArgumentException("filter \"" + expression + "\": " + error);
        }
        return filter;
    }

    private final class Filter implements PacketFilter {
        private final Arena arena = Arena.ofShared();
        private final MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
        private final MemorySegment header = arena.allocate(PACKET_HEADER_BYTES, Long.BYTES);
        private final MemorySegment packet = arena.allocate(Frame.CAPACITY, Long.BYTES);
        private boolean closed;

        @Override
        public boolean matches(byte[] frame, int length) {
            int captured = Math.min(length, Frame.CAPACITY);
            MemorySegment.copy(frame, 0, packet, JAVA_BYTE, 0, captured);
            header.set(JAVA_LONG, 0, 0);
            header.set(JAVA_INT, CAPTURED, captured);
            header.set(JAVA_INT, ORIGINAL, length);
            try {
                return (int) offlineFilter.invokeExact(program, header, packet) != 0;
            } catch (Throwable e) {
                throw broken(e);
            }
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                freeCode.invokeExact(program);
            } catch (Throwable e) {
                throw broken(e);
            }
            arena.close();
        }
    }
}
