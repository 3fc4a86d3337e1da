package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keys become, byte by byte. */
class InputFilterTest {
    private final List<Integer> guest = new ArrayList<>();
    private final List<Integer> monitor = new ArrayList<>();

    private String filtered(String hex, int escape) {
        InputFilter filter = new InputFilter(guest::add, monitor::add, escape);
        for (byte b : HexFormat.of().parseHex(hex)) {
            filter.accept(b & 0xff);
        }
        StringBuilder out = new StringBuilder();
        guest.forEach(c -> out.append(String.format("%02x", c)));
        return out.toString();
    }

    @ParameterizedTest
    @CsvSource({ //
            "61000a0d62, 610d62", // NUL and LF vanish
            "0d0a0d00, 0d0d", // CR LF and CR NUL are one CR each
            "1b5b41, 10", "1b5b42, 0e", "1b5b43, 06", "1b5b44, 02", // cursor keys
            "1b5b45, 1b5b45", // other sequences in order
            "1b4f50, 1b4f50", "1b61, 1b61", "1b1b5b41, 1b10", "ff80, ff80" })
    void keysForTheGuest(String typed, String expected) {
        assertThat(filtered(typed, 0x1d)).isEqualTo(expected);
        assertThat(monitor).isEmpty();
    }

    @Test
    void characterAfterTheEscapeGoesToTheMonitor() {
        assertThat(filtered("611d7262b371", 0x1d)).isEqualTo("6162");
        assertThat(monitor).containsExactly((int) 'r', (int) 'q');
    }

    @Test
    void escapeTwiceReachesTheGuest() {
        assertThat(filtered("1d1d61", 0x1d)).isEqualTo("1d61");
        assertThat(monitor).isEmpty();
    }

    @Test
    void withoutAnEscapeCharacterThereIsNoMonitor() {
        assertThat(filtered("1d72b371", -1)).isEqualTo("1d72b371");
        assertThat(monitor).isEmpty();
    }

    @Test
    void telnetCommandsAreSwallowed() {
        List<byte[]> sent = new ArrayList<>();
        List<String> titles = new ArrayList<>();
        TelnetFilter telnet = new TelnetFilter(guest::add, new TelnetFilter.Client() {
            @Override
            public void send(byte[] bytes) {
                sent.add(bytes);
            }

            @Override
            public void canShowTitle() {
                titles.add("title");
            }
        });
        String typed = "61" + "fffd01" + "fffb18" + "62" + "ffff" + "fff1" + "fffa18" + "00"
                + HexFormat.of().formatHex("XTERM-256COLOR".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                + "fff0"
                + "63";
        for (byte b : HexFormat.of().parseHex(typed)) {
            telnet.accept(b & 0xff);
        }
        assertThat(guest).containsExactly((int) 'a', (int) 'b', 255, (int) 'c');
        assertThat(sent).singleElement().isEqualTo(HexFormat.of().parseHex("fffa1801fff0"));
        assertThat(titles).hasSize(1);
    }

    @Test
    void endlessSubnegotiationIsBounded() {
        TelnetFilter telnet = new TelnetFilter(guest::add, new TelnetFilter.Client() {
            @Override
            public void send(byte[] bytes) {}

            @Override
            public void canShowTitle() {}
        });
        telnet.accept(255);
        telnet.accept(250);
        for (int i = 0; i < 100_000; i++) {
            telnet.accept(i & 0x7f);
        }
        telnet.accept(255);
        telnet.accept(240);
        telnet.accept('x');
        assertThat(guest).containsExactly((int) 'x');
    }
}
