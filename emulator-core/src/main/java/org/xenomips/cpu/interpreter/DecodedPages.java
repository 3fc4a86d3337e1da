package org.xenomips.cpu.interpreter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.CodeListener;
import org.xenomips.cpu.CpuMemory;
import org.xenomips.isa.IsaLevel;
import org.xenomips.memory.GuestRam;

/** All decoded pages of one processor, by physical page. Thread: machine thread. */
final class DecodedPages implements CodeListener {
    private final CpuMemory memory;
    private final IsaLevel level;
    private final LoopState state;
    private final boolean profiling;
    private final IdentityHashMap<GuestRam, PagesOfRam> byRam = new IdentityHashMap<>();

    /** The pages of one block of memory in each variant of {@link DecodedPage}; variants that never occurred have no elements. */
    private static final class PagesOfRam {
        private final int count;
        private final List<@Nullable DecodedPage[]> variants = new ArrayList<>();

        PagesOfRam(int count) {
            this.count = count;
            for (int i = 0; i < DecodedPage.VARIANTS; i++) {
                variants.add(new DecodedPage[0]);
            }
        }

        /** The pages of {@code variant}, all of them. */
        @Nullable
        DecodedPage[] variant(int variant) {
            if (variants.get(variant).length == 0) {
                variants.set(variant, new DecodedPage[count]);
            }
            return variants.get(variant);
        }

        boolean holds(int number) {
            for (@Nullable
            DecodedPage[] variant : variants) {
                if (number < variant.length && variant[number] != null) {
                    return true;
                }
            }
            return false;
        }
    }

    DecodedPages(CpuMemory memory, IsaLevel level, LoopState state, boolean profiling) {
        this.memory = memory;
        this.level = level;
        this.state = state;
        this.profiling = profiling;
    }

    /** The page at {@code where} in the given variant, from now on told about stores. */
    DecodedPage find(CpuMemory.CodePage where, int kind) {
        GuestRam ram = where.ram();
        PagesOfRam pages = byRam.computeIfAbsent(ram, r -> new PagesOfRam((int) (r.size() >>> 12)));
        @Nullable
        DecodedPage[] variant = pages.variant(kind);
        int number = (int) (where.offset() >>> 12);
        DecodedPage page = variant[number];
        if (page == null) {
            page = new DecodedPage(ram, where.offset(), level, kind, profiling);
            variant[number] = page;
        }
        memory.watchCode(ram, where.offset());
        return page;
    }

    /** The page that holds {@code offset} of {@code ram} in the given variant, if it is known. */
    @Nullable
    DecodedPage known(GuestRam ram, long offset, int kind) {
        PagesOfRam pages = byRam.get(ram);
        int number = (int) (offset >>> 12);
        if (pages == null || number >= pages.variants.get(kind).length) {
            return null;
        }
        return pages.variants.get(kind)[number];
    }

    /** How many pages are decoded. */
    int count() {
        int count = 0;
        for (PagesOfRam pages : byRam.values()) {
            count += pages.variants.stream().mapToInt(DecodedPages::count).sum();
        }
        return count;
    }

    private static int count(@Nullable DecodedPage[] variant) {
        return (int) Arrays.stream(variant).filter(Objects::nonNull).count();
    }

    /** Drops all pages. */
    void forget() {
        for (GuestRam ram : List.copyOf(byRam.keySet())) {
            byRam.remove(ram);
            for (long offset = 0; offset < ram.size(); offset += 4096) {
                if (ram.holdsCode(offset)) {
                    memory.unwatchCode(ram, offset);
                }
            }
        }
    }

    @Override
    public void codeChanged(GuestRam ram, long offset, int length) {
        PagesOfRam pages = byRam.get(ram);
        if (pages == null) {
            return;
        }
        long end = offset + length;
        for (long at = offset; at < end; at = (at & -4096L) + 4096) {
            int number = (int) (at >>> 12);
            int first = (int) (at & 4095) >>> 2;
            int last = (int) (Math.min(end, (at & -4096L) + 4096) - 1 & 4095) >>> 2;
            for (@Nullable
            DecodedPage[] variant : pages.variants) {
                if (number < variant.length) {
                    invalidate(variant, number, first, last);
                }
            }
        }
    }

    private void invalidate(@Nullable DecodedPage[] variant, int number, int first, int last) {
        DecodedPage page = variant[number];
        if (page != null) {
            page.invalidate(first, last);
            if (page.countStore() && page.code() != state.code) {
                variant[number] = null;
                state.forgetPages();
                memory.unwatchCode(page.ram(), page.offset());
            }
        }
    }

    @Override
    public boolean holdsCode(GuestRam ram, long pageOffset) {
        PagesOfRam pages = byRam.get(ram);
        int number = (int) (pageOffset >>> 12);
        return pages != null && pages.holds(number);
    }
}
