package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTablesTest {
    private static final long[] ADDRESSES = { 0xffff_ffff_8000_8000L, 0xffff_ffff_a123_4000L, 0xffff_ffff_bfff_f000L,
            0x0040_0000L, 0xffff_ffff_c000_0000L, 0xffff_ffff_ffff_f000L };

    private final PageTables tables = new PageTables();

    @Test
    void clearAllForgetsPagesOfEverySegment() {
        for (int round = 0; round < 2; round++) {
            for (long address : ADDRESSES) {
                tables.fill(address, 0x7000_0000_0000L, true, false);
            }
            assertThat(PageTables.count(tables.read())).isEqualTo(ADDRESSES.length);
            assertThat(PageTables.count(tables.write())).isEqualTo(ADDRESSES.length);
            tables.clearAll();
            assertThat(PageTables.count(tables.read())).isZero();
            assertThat(PageTables.count(tables.write())).isZero();
        }
    }

    @Test
    void clearMappedKeepsUnmappedSegments() {
        for (long address : ADDRESSES) {
            tables.fill(address, 0x7000_0000_0000L, true, false);
        }
        tables.clearMapped();
        assertThat(PageTables.count(tables.read())).isEqualTo(3);
    }
}
