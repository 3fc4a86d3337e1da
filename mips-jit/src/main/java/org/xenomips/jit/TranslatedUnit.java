package org.xenomips.jit;

import org.jspecify.annotations.Nullable;
import org.xenomips.jit.emit.UnitCode;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.Unit;

/** One region on its way: asked for, translated, in use, retired. Machine thread, apart from what {@link Translator} fills in. */
final class TranslatedUnit {
    enum State {
        /** The translator works on it. */
        PENDING,
        /** The guest runs it. */
        ACTIVE,
        /** Its addresses mean something else at present. */
        INACTIVE,
        /** The code it was made from has changed, or it was replaced. */
        RETIRED
    }

    final Region region;
    final Link link;
    /** True when one of its pages is mapped by the TLB. */
    final boolean mapped;
    State state = State.PENDING;
    @Nullable
    Unit unit;
    @Nullable
    UnitCode code;
    @Nullable
    Exits exits;
    /** Why there is no code, if the translator failed. */
    @Nullable
    Throwable failure;
    /** How long the translation took. */
    long translationNs;

    TranslatedUnit(Region region, Link link) {
        this.region = region;
        this.link = link;
        this.mapped = region.pages().stream().anyMatch(page -> isMapped(page.virtualPage()));
    }

    /** Length of the code in bytes; 0 while there is none. */
    int bytecodes() {
        return code == null ? 0 : code.bytecodes();
    }

    /** False for kseg0 and kseg1. */
    private static boolean isMapped(long address) {
        return address < 0xffff_ffff_8000_0000L || address >= 0xffff_ffff_c000_0000L;
    }

    @Override
    public String toString() {
        return "unit at %08x: %d instructions in %d blocks, %s".formatted((int) region.entry(), region.instructions(),
                region.blocks().size(), state);
    }
}
