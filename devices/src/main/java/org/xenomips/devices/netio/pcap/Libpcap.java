package org.xenomips.devices.netio.pcap;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenomips.foreign.NativeFunctions;
import org.xenomips.net.Frame;

/**
 * The system's libpcap, loaded when first asked for. Filters are compiled against a dead handle, which expects VLAN tags in the
 * frame and not beside it.
 *
 * <p>Threads: any; compiling is serialised, since old versions share state.
 */
final class Libpcap implements PacketLibrary {
    private static final System.Logger LOG = System.getLogger("org.xenomips.netio");
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
                    LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", file, e.getMessage());
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
        libVersion = NativeFunctions.of(library, "pcap_lib_version", FunctionDescriptor.of(ADDRESS));
        findAllDevs = NativeFunctions.of(library, "pcap_findalldevs",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
        freeAllDevs = NativeFunctions.of(library, "pcap_freealldevs", FunctionDescriptor.ofVoid(ADDRESS));
        openDead = NativeFunctions.of(library, "pcap_open_dead", FunctionDescriptor.of(ADDRESS, JAVA_INT, JAVA_INT));
        compile = NativeFunctions.of(library, "pcap_compile",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT, JAVA_INT));
        getError = NativeFunctions.of(library, "pcap_geterr", FunctionDescriptor.of(ADDRESS, ADDRESS));
        closeHandle = NativeFunctions.of(library, "pcap_close", FunctionDescriptor.ofVoid(ADDRESS));
        freeCode = NativeFunctions.of(library, "pcap_freecode", FunctionDescriptor.ofVoid(ADDRESS));
        offlineFilter = NativeFunctions.of(library, "pcap_offline_filter",
                FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
    }

    static Optional<PacketLibrary> instance() {
        return Optional.ofNullable(Holder.INSTANCE);
    }

    private static String text(MemorySegment pointer) {
        return pointer.address() == 0 ? "" : pointer.reinterpret(LONGEST_TEXT).getString(0);
    }

    @Override
    public String version() {
        return text(NativeFunctions.call(() -> (MemorySegment) libVersion.invokeExact()));
    }

    @Override
    public Map<String, String> descriptions() {
        return NativeFunctions.call(() -> {
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
            }
        });
    }

    @Override
    public synchronized PacketFilter compile(String expression, int linkType) {
        Filter filter = new Filter();
        String error = NativeFunctions.call(() -> {
            try (Arena local = Arena.ofConfined()) {
                MemorySegment dead = (MemorySegment) openDead.invokeExact(linkType, SNAP_LENGTH);
                MemorySegment text = local.allocateFrom(expression);
                int result = (int) compile.invokeExact(dead, filter.program, text, 1, NO_NETMASK);
                String found = result == 0 ? "" : text((MemorySegment) getError.invokeExact(dead));
                closeHandle.invokeExact(dead);
                return found;
            }
        });
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
            return NativeFunctions.call(() -> (int) offlineFilter.invokeExact(program, header, packet) != 0);
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            NativeFunctions.run(() -> {
                // A statement, so that the handle's type has no result.
                freeCode.invokeExact(program);
            });
            arena.close();
        }
    }
}
