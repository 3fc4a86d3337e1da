package org.xenomips.devices.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.machine.ConfigurationException;

class CardTypeTest {
    @ParameterizedTest
    @CsvSource({ "C7200-IO-FE, 0x83, 1, 32", "C7200-IO-2FE, 0x0215, 4, 128", "C7200-IO-GE-E, 0x0216, 4, 128",
            "C7200-JC-PA, 0x0511, 4, 128", "PA-8E, 0x01, 1, 32", "PA-4E, 0x02, 1, 32", "PA-4T+, 0x0C, 1, 32",
            "PA-8T, 0x0E, 1, 32", "PA-FE-TX, 0x11, 1, 32", "PA-A1, 0x17, 1, 32", "PA-4B, 0x3D, 1, 32",
            "PA-POS-OC3, 0x96, 1, 32", "PA-GE, 0x98, 1, 32", "PA-2FE-TX, 0x0224, 4, 128",
            "PA-MC-8TE1, 0x034E, 4, 128" })
    void eepromNamesTheProduct(String name, String productId, int format, int length) throws ConfigurationException {
        CardType type = CardType.named(name);
        assertThat(type.eeprom().productId()).isEqualTo(Integer.decode(productId));
        assertThat(type.eeprom().format()).isEqualTo(format);
        assertThat(type.eeprom().length()).isEqualTo(length);
    }

    @ParameterizedTest
    @EnumSource
    void chipsHaveDifferentDeviceNumbers(CardType type) {
        Set<Integer> devices = new HashSet<>();
        for (CardChip chip : type.chips()) {
            assertThat(devices.add(chip.pciDevice())).isTrue();
            assertThat(chip.interruptPort()).isBetween(0, 7);
        }
    }

    @Test
    void namesAreFoundInAnyCase() throws ConfigurationException {
        assertThat(CardType.named("pa-4t+")).isEqualTo(CardType.PA_4T);
    }

    @Test
    void cardsThatCarryTrafficAreThoseWithAController() {
        for (CardType type : CardType.values()) {
            boolean controller = type.chips().stream().anyMatch(chip -> chip.model() == ChipModel.DEC21140);
            assertThat(type.works()).as(type.cliName()).isEqualTo(controller || type.ports() == 0);
        }
    }
}
