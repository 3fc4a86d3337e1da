package org.xenomips.jit;

import java.util.Arrays;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known about guest addresses, by address. Bounded: when it is full it starts anew.
 *
 * <p>Thread: machine thread. hot: asked for each transfer that is not settled, so there are no boxed keys.
 */
final class PlaceTable<T> {
    private static final int SLOTS = 1 << 17;
    private static final int MOST = SLOTS / 2;
    private static final int FIRST_SLOTS = 1 << 10;

    private long[] places = new long[FIRST_SLOTS];
    private @Nullable Object[] values = new Object[FIRST_SLOTS];
    private int size;

    /** What is known about {@code pc}, or null. */
    @SuppressWarnings("unchecked") // only put stores values
    @Nullable
    T get(long pc) {
        return (T) values[slot(pc)];
    }

    /** What is known about {@code pc}, {@code fresh} if that is nothing. */
    T get(long pc, Supplier<T> fresh) {
        T known = get(pc);
        if (known != null) {
            return known;
        }
        T made = fresh.get();
        put(pc, made);
        return made;
    }

    private void put(long pc, T value) {
        if (2 * size >= places.length) {
            resize();
        }
        int slot = slot(pc);
        places[slot] = pc;
        values[slot] = value;
        size++;
    }

    private void resize() {
        if (size >= MOST) {
            clear();
            return;
        }
        long[] oldPlaces = places;
        @Nullable
        Object[] oldValues = values;
        places = new long[2 * oldPlaces.length];
        values = new Object[2 * oldPlaces.length];
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldPlaces[i]);
                places[slot] = oldPlaces[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private void clear() {
        Arrays.fill(values, null);
        size = 0;
    }

    /** Where {@code pc} is, or would be. */
    private int slot(long pc) {
        int mask = places.length - 1;
        int slot = (int) (pc >>> 2 ^ pc >>> 14) & mask;
        while (values[slot] != null && places[slot] != pc) {
            slot = slot + 1 & mask;
        }
        return slot;
    }
}
