package org.xenomips.devices.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Waits until one of a few descriptors is readable or another thread calls {@link #wake}: closing a descriptor or interrupting
 * a thread does not end a blocked system call, writing to an event counter does.
 *
 * <p>Threads: one waits; any may wake; {@link #close} after the waiting thread has ended.
 */
public final class Poller implements AutoCloseable {
    private static final int ENTRY_BYTES = 8;
    private static final int EVENTS = 4;
    private static final int REVENTS = 6;
    private static final short POLLIN = 1;

    private final Arena arena = Arena.ofShared();
    private final Descriptor event;
    private final MemorySegment one;
    private final MemorySegment count;
    private final MemorySegment set;
    private final int watched;

    /** Waits for {@code descriptors}, numbered from 0; null entries are never ready. */
    public Poller(@Nullable Descriptor... descriptors) throws NativeException {
        event = Descriptor.event();
        one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
        count = arena.allocate(Long.BYTES, Long.BYTES);
        set = arena.allocate((descriptors.length + 1L) * ENTRY_BYTES, Integer.BYTES);
        watched = descriptors.length;
        watch(0, event);
        for (int i = 0; i < descriptors.length; i++) {
            replace(i, descriptors[i]);
        }
    }

    /** Watches {@code descriptor} (null = nothing) as number {@code index} from now on. Thread: the one that waits. */
    public void replace(int index, @Nullable Descriptor descriptor) {
        watch(index + 1, descriptor);
    }

    private void watch(int slot, @Nullable Descriptor descriptor) {
        set.set(JAVA_INT, (long) slot * ENTRY_BYTES, descriptor == null ? -1 : descriptor.number());
        set.set(JAVA_SHORT, (long) slot * ENTRY_BYTES + EVENTS, POLLIN);
        set.set(JAVA_SHORT, (long) slot * ENTRY_BYTES + REVENTS, (short) 0);
    }

    /** Waits at most {@code timeoutMs} (-1 = for ever). */
    public void await(int timeoutMs) {
        poll(watched + 1, timeoutMs);
    }

    /** Waits at most {@code timeoutMs} for {@link #wake} alone, when the descriptors only report errors. */
    public void pause(int timeoutMs) {
        for (int slot = 1; slot <= watched; slot++) {
            set.set(JAVA_SHORT, (long) slot * ENTRY_BYTES + REVENTS, (short) 0);
        }
        poll(1, timeoutMs);
    }

    private void poll(int slots, int timeoutMs) {
        int ready = Libc.poll(set, slots, timeoutMs);
        if (ready < 0) {
            for (int slot = 0; slot < slots; slot++) {
                set.set(JAVA_SHORT, (long) slot * ENTRY_BYTES + REVENTS, (short) 0);
            }
        } else if (set.get(JAVA_SHORT, REVENTS) != 0) {
            event.read(count);
        }
    }

    /** True when descriptor {@code index} was readable, hung up or in error at the last {@link #await}. */
    public boolean ready(int index) {
        return set.get(JAVA_SHORT, (index + 1L) * ENTRY_BYTES + REVENTS) != 0;
    }

    /** Ends the current or the next wait. */
    public void wake() {
        event.write(one, Long.BYTES);
    }

    @Override
    public void close() {
        event.close();
        arena.close();
    }
}
