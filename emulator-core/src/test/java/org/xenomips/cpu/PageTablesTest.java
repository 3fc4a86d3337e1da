package org.xenomips.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @CsvSource({ "8000000000123456, 80123456", "8800000000123456, 80123456", "9000000000123456, a0123456",
            "9800000000123456, 80123456", "a000000000123456, 80123456", "a800000000123456, 80123456",
            "b000000000123456, a0123456", "b800000000123456, a0123456", "980000001ffffff8, 9ffffff8",
            "900000001ffffff8, bffffff8" })
    void pagesOfXkphysAreKnownByTheirAliases(String address, String alias) {
        assertThat(PageTables.alias(Long.parseUnsignedLong(address, 16)))
                .isEqualTo(Integer.parseUnsignedInt(alias, 16));
    }

    @ParameterizedTest
    @ValueSource(strings = { "0", "123456", "7fffffff", "80000000", "ffffffff80123456", "ffffffffc0000000",
            "ffffffffffffffff", "9800000020000000", "9800000100000000", "9800001000000000", "9c00000000123456",
            "1800000000123456", "5800000000123456", "d800000000123456" })
    void everythingElseIsItsOwnAlias(String address) {
        long value = Long.parseUnsignedLong(address, 16);
        assertThat(PageTables.alias(value)).isEqualTo(value);
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
