package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.xenomips.exec.Slice;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Exits.Kind;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.UnitRuntime;

class ExitSitesTest {
    /** Of no use: no exit gets hot here. */
    private static final UnitRuntime NO_RUNTIME = (UnitRuntime) Proxy.newProxyInstance(
            ExitSitesTest.class.getClassLoader(), new Class<?>[]{ UnitRuntime.class }, (proxy, method, arguments) -> {
                throw new AssertionError(method);
            });

    /** A unit with {@code count} exits for the end of the slice, at 0, 4, 8 ... */
    private static TranslatedUnit unit(long entry, int count) {
        Region region = new Region(entry, 0, List.of(), Region.Hints.NONE, List.of(), count, false);
        TranslatedUnit unit = new TranslatedUnit(region, new Link(entry, 0));
        Kind[] kinds = new Kind[count];
        Arrays.fill(kinds, Kind.STOP);
        unit.exits = new Exits(NO_RUNTIME, new Slice(), kinds,
                LongStream.range(0, count).map(i -> 4 * i).toArray(),
                new int[count], new int[count]);
        return unit;
    }

    private static void take(TranslatedUnit unit, int exit, int times) {
        Exits exits = unit.exits;
        for (int i = 0; exits != null && i < times; i++) {
            long _ = exits.exit(exit, 0);
        }
    }

    @Test
    void exitsOfAllVersionsOfAUnitCountTogether() {
        ExitSites sites = new ExitSites();
        for (int version = 0; version < 3; version++) {
            TranslatedUnit unit = unit(0x8000, 4);
            take(unit, 1, 5);
            take(unit, 3, 7);
            sites.add(unit);
        }
        assertThat(sites.hottest(10)).containsExactly(
                new ExitSites.Count(new ExitSites.Site(0x8000, Kind.STOP, 12), 21),
                new ExitSites.Count(new ExitSites.Site(0x8000, Kind.STOP, 4), 15));
        assertThat(sites.taken(Kind.STOP)).isEqualTo(36);
        assertThat(sites.places(Kind.STOP)).isEqualTo(2);
        assertThat(sites.taken(Kind.COLD)).isZero();
    }

    @Test
    void guestWithEndlesslyManyPlacesDoesNotFillMemory() {
        ExitSites sites = new ExitSites();
        TranslatedUnit hot = unit(0, 1);
        take(hot, 0, 3);
        sites.add(hot);
        for (int n = 1; n <= 10; n++) {
            TranslatedUnit unit = unit(0x10_0000L * n, 2_000);
            for (int exit = 0; exit < 2_000; exit++) {
                take(unit, exit, 1);
            }
            sites.add(unit);
        }
        assertThat(sites.places(Kind.STOP)).isLessThanOrEqualTo(8_192);
        assertThat(sites.taken(Kind.STOP)).isEqualTo(20_003);
        assertThat(sites.hottest(1)).containsExactly(new ExitSites.Count(new ExitSites.Site(0, Kind.STOP, 0), 3));
    }
}
