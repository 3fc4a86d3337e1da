package org.xenomips.cli.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.MachineConfig.Binding;
import org.xenomips.machine.MachineConfig.Console;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({ "00:16:3e:01:0:01, 00163e010001", "0016.3e01.0001, 00163e010001", "0200.0a0b.0c00, 02000a0b0c00",
            "1:2:3:4:5:6, 010203040506", "' 0x1: 2:3:4:5:6xyz', 010203040506", "102:3:4:5:6:7, 020304050607" })
    void macAddressesInBothSpellingsWithShortGroups(String text, String expected) throws ConfigurationException {
        assertThat(HexFormat.of().formatHex(Values.mac(text))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "00:16:3e:01:02", "0016.3e01", "gg:1:2:3:4:5", "1:2::4:5:6", "hello" })
    void anythingElseIsNoMacAddress(String text) {
        assertThatThrownBy(() -> Values.mac(text)).isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("not a MAC address");
    }

    @Test
    void bindingKeepsItsParameters() throws ConfigurationException {
        assertThat(Values.binding("1:0:udp:10000:127.0.0.1:10001")).isEqualTo(
                new Binding(1, 0, "udp", List.of("10000", "127.0.0.1", "10001")));
        assertThat(Values.binding("0:0:null")).isEqualTo(new Binding(0, 0, "null", List.of()));
        assertThatThrownBy(() -> Values.binding("1:0")).hasMessageContaining("SLOT:PORT:TYPE");
        assertThatThrownBy(() -> Values.binding("x:0:null")).hasMessageContaining("'x' is not a number");
    }

    @Test
    void cardMayHaveASubSlot() throws ConfigurationException {
        assertThat(Values.Card.parse("1:PA-FE-TX")).isEqualTo(new Values.Card(1, "PA-FE-TX"));
        assertThat(Values.Card.parse("1:0:PA-FE-TX")).isEqualTo(new Values.Card(1, "PA-FE-TX"));
        assertThatThrownBy(() -> Values.Card.parse("PA-FE-TX")).hasMessageContaining("SLOT:CARD");
    }

    @Test
    void configurationRegisterTakesHexadecimalAndOctal() throws ConfigurationException {
        assertThat(Values.number("-c", "0x2142", 0, 0xffff, true)).isEqualTo(0x2142);
        assertThat(Values.number("-c", "010", 0, 0xffff, true)).isEqualTo(8);
        assertThat(Values.number("-r", "010", 0, 0xffff, false)).isEqualTo(10);
    }

    @Test
    void addressesAreSignExtended() throws ConfigurationException {
        assertThat(Values.address("--idle-pc", "0x80008000")).hasValue(0xffff_ffff_8000_8000L);
        assertThat(Values.address("--idle-pc", "0x60008000")).hasValue(0x6000_8000L);
        assertThat(Values.address("--idle-pc", "0xffffffff80008000")).hasValue(0xffff_ffff_8000_8000L);
    }

    @Test
    void escapeCharacterInAllItsForms() throws ConfigurationException {
        assertThat(Values.escape("^]")).isEqualTo(0x1d);
        assertThat(Values.escape("^a")).isEqualTo(1);
        assertThat(Values.escape("none")).isEqualTo(-1);
        assertThat(Values.escape("~")).isEqualTo('~');
        assertThat(Values.escape("0x1c")).isEqualTo(0x1c);
    }

    @Test
    void serialLineSettingsHaveDefaults() throws ConfigurationException {
        assertThat(Values.serial("-U", "/dev/ttyS0")).isEqualTo(
                new Console.Serial("/dev/ttyS0", 9600, 8, 'N', 1, false));
        assertThat(Values.serial("-U", "/dev/ttyS0:115200:7:E:2:1")).isEqualTo(
                new Console.Serial("/dev/ttyS0", 115200, 7, 'E', 2, true));
        assertThatThrownBy(() -> Values.serial("-U", "/dev/ttyS0:9600:8:X")).hasMessageContaining("parity");
    }
}
