package org.xenomips.jit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Exits.Kind;

/** How often which exits of which units were taken. Bounded: places that count little are forgotten. Machine thread. */
final class ExitSites {
    private static final int MOST_SITES = 8_192;
    private static final int KEPT_SITES = 1_024;

    /**
     * One place where units are left.
     *
     * @param entry of the unit
     * @param pc where the guest goes on, or the register jump
     */
    record Site(long entry, Kind kind, long pc) {
    }

    /** A place and how often a unit was left there. */
    record Count(Site site, long times) {
    }

    private final Map<Site, Long> sites = new HashMap<>();
    private final Map<Kind, Long> kinds = new EnumMap<>(Kind.class);

    /** Nothing counted so far. */
    ExitSites() {}

    /** A copy that counts on its own. */
    ExitSites(ExitSites other) {
        sites.putAll(other.sites);
        kinds.putAll(other.kinds);
    }

    /** Adds what the exits of {@code unit} have counted. */
    void add(TranslatedUnit unit) {
        Exits exits = unit.exits;
        if (exits == null) {
            return;
        }
        for (int i = 0; i < exits.size(); i++) {
            long times = exits.count(i);
            if (times > 0) {
                sites.merge(new Site(unit.region.entry(), exits.kind(i), exits.target(i)), times, Long::sum);
                kinds.merge(exits.kind(i), times, Long::sum);
            }
        }
        if (sites.size() > MOST_SITES) {
            List<Count> kept = hottest(KEPT_SITES);
            sites.clear();
            kept.forEach(count -> sites.put(count.site, count.times));
        }
    }

    /** The {@code most} places where units were left most often, the hottest first. */
    List<Count> hottest(int most) {
        List<Count> all = new ArrayList<>();
        sites.forEach((site, times) -> all.add(new Count(site, times)));
        all.sort(Comparator.comparingLong(Count::times)
                .reversed()
                .thenComparingLong(count -> count.site.pc)
                .thenComparingLong(count -> count.site.entry)
                .thenComparing(count -> count.site.kind));
        return List.copyOf(all.subList(0, Math.min(most, all.size())));
    }

    /** How often units were left through exits of {@code kind}. */
    long taken(Kind kind) {
        return kinds.getOrDefault(kind, 0L);
    }

    /** How many places of {@code kind} are known. */
    long places(Kind kind) {
        return sites.keySet().stream().filter(site -> site.kind == kind).count();
    }
}
