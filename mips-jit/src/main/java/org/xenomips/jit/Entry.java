package org.xenomips.jit;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xenomips.jit.region.Region.Hints;

/** What was learnt about one entry. Machine thread. */
final class Entry {
    /** Translations after which the entry stays as it is. */
    static final int MOST_VERSIONS = 8;
    /** How often its code was overwritten, at most: the wait for the next translation doubles each time. */
    private static final int MOST_REWRITES = 8;
    private static final int SMALLEST_REGION = 8;

    /** The translation that was asked for and has not come yet. */
    @Nullable
    TranslatedUnit pending;
    private int versions;
    private int limit;
    private long wide;
    private final Set<Long> apart = new HashSet<>();
    private final Set<Long> interpreted = new HashSet<>();
    private int rewrites;
    private int visits;

    /** True when it was never translated, or not since its code was overwritten. */
    boolean isNew() {
        return versions == 0;
    }

    /** True when nothing more will come of the entry. */
    boolean isSettled() {
        return versions >= MOST_VERSIONS;
    }

    /** The entry is not translated any more. */
    void settle() {
        versions = MOST_VERSIONS;
    }

    /** One more translation was asked for. */
    void ask(TranslatedUnit unit) {
        versions++;
        pending = unit;
    }

    /** {@code unit}, if that was asked for last, is not awaited any more. */
    void came(TranslatedUnit unit) {
        if (pending == unit) {
            pending = null;
        }
    }

    /** The code of the entry was overwritten: what was learnt means nothing any more. */
    void forgetCode() {
        versions = 0;
        limit = 0;
        wide = 0;
        apart.clear();
        interpreted.clear();
        rewrites = Math.min(rewrites + 1, MOST_REWRITES);
    }

    /** True when code that is overwritten again and again has been hot often enough since to be translated once more. */
    boolean isWorthIt() {
        return (++visits & (1 << rewrites) - 1) == 0;
    }

    /** The last translation, of {@code instructions}, had {@code length} bytes: true when a smaller one is worth trying. */
    boolean cutDown(int instructions, int length) {
        limit = (int) Math.min(instructions - 1L, instructions * (long) Translator.LONGEST_CODE / length);
        if (limit < SMALLEST_REGION) {
            return false;
        }
        versions--;
        return true;
    }

    /** Most instructions of the region; {@code standard} if nothing else was learnt. */
    int limit(int standard) {
        return limit == 0 ? standard : limit;
    }

    /** {@code registers} were seen with more than words. */
    void learnWide(long registers) {
        wide |= registers;
    }

    /** The access at {@code pc} is looked up by itself from now on; true if that is new. */
    boolean learnApart(long pc) {
        return apart.add(pc);
    }

    /** The interpreter executes the instruction at {@code pc} from now on; true if that is new. */
    boolean learnInterpreted(long pc) {
        return interpreted.add(pc);
    }

    Hints hints() {
        return new Hints(wide, Set.copyOf(apart), Set.copyOf(interpreted));
    }
}
