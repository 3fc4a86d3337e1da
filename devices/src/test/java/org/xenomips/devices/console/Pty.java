package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** A pseudo terminal: the test holds the master, a console the slave. */
final class Pty implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle GRANTPT = bind("grantpt");
    private static final MethodHandle UNLOCKPT = bind("unlockpt");
    private static final MethodHandle PTSNAME = LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow("ptsname_r"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS,
                    ValueLayout.JAVA_LONG));

    final int master;
    final String slavePath;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment buffer = arena.allocate(4096);

    private Pty(int master, String slavePath) {
        this.master = master;
        this.slavePath = slavePath;
    }

    private static MethodHandle bind(String name) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    /** A new pair; the test is skipped on a host without pseudo terminals. */
    static Pty open() {
        int master = -1;
        String path = "";
        try (Arena arena = Arena.ofConfined()) {
            master = HostTty.open("/dev/ptmx");
            MemorySegment name = arena.allocate(128);
            boolean ready = (int) GRANTPT.invokeExact(master) == 0 && (int) UNLOCKPT.invokeExact(master) == 0
                    && (int) PTSNAME.invokeExact(master, name, 128L) == 0;
            path = ready ? name.getString(0) : "";
        } catch (Throwable e) {
            assumeTrue(false, "no pseudo terminals here: " + e);
        }
        assumeTrue(!path.isEmpty(), "no pseudo terminals here");
        return new Pty(master, path);
    }

    int openSlave() throws IOException {
        return HostTty.open(slavePath);
    }

    void type(byte[] bytes) {
        MemorySegment.copy(bytes, 0, buffer, ValueLayout.JAVA_BYTE, 0, bytes.length);
        assertThat(HostTty.write(master, buffer, bytes.length)).isEqualTo(bytes.length);
    }

    /** What the console has shown, waiting until it is {@code length} bytes or more. */
    byte[] shown(int length) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long deadline = System.nanoTime() + 10_000_000_000L;
        try (Arena confined = Arena.ofConfined()) {
            MemorySegment fds = confined.allocate(HostTty.POLLFD_BYTES, 8);
            fds.set(ValueLayout.JAVA_INT, 0, master);
            fds.set(ValueLayout.JAVA_INT, 4, HostTty.POLLIN);
            while (out.size() < length && System.nanoTime() < deadline) {
                HostTty.poll(fds, 100);
                int count = HostTty.read(master, buffer);
                for (int i = 0; i < count; i++) {
                    out.write(buffer.get(ValueLayout.JAVA_BYTE, i));
                }
            }
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        HostTty.close(master);
        arena.close();
    }
}
