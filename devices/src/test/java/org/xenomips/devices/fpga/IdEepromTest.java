package org.xenomips.devices.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdEepromTest {
    @Test
    void wordsAreBigEndianAndAllOnesBeyondTheContents() {
        IdEeprom eeprom = IdEeprom.of("0183 010E 55");
        assertThat(eeprom.word(0)).isEqualTo(0x0183);
        assertThat(eeprom.word(1)).isEqualTo(0x010e);
        assertThat(eeprom.word(2)).as("half a word").isEqualTo(0xffff);
        assertThat(eeprom.word(63)).isEqualTo(0xffff);
    }

    @Test
    void format4IsPaddedTo128Bytes() {
        IdEeprom eeprom = IdEeprom.format4("40 0215");
        assertThat(eeprom.length()).isEqualTo(128);
        assertThat(eeprom.word(0)).isEqualTo(0x04ff);
        assertThat(eeprom.word(1)).isEqualTo(0x4002);
        assertThat(eeprom.word(2)).isEqualTo(0x15ff);
        assertThat(eeprom.productId()).isEqualTo(0x0215);
    }

    @Test
    void productIdIsFoundBehindFieldsOfAllLengths() {
        assertThat(IdEeprom.format4("02 01  41 0102  80 00000000  C1 8B 3030303030303030000000  40 1234").productId())
                .isEqualTo(0x1234);
    }

    @Test
    void missingOrCutFieldsGiveNoProductId() {
        assertThat(IdEeprom.format4("02 01").productId()).isEqualTo(-1);
        assertThat(IdEeprom.of("04FF C1").productId()).isEqualTo(-1);
        assertThat(IdEeprom.of("04FF C1 FF").productId()).isEqualTo(-1);
    }

    @Test
    void replacementLeavesTheOriginalAlone() {
        IdEeprom original = IdEeprom.of("0106 0101");
        assertThat(original.with(2, (byte) 2).word(1)).isEqualTo(0x0201);
        assertThat(original.word(1)).isEqualTo(0x0101);
    }
}
