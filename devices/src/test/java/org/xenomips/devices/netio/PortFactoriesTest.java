package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xenomips.net.FramePort;
import org.xenomips.net.PortFactory;
import org.xenomips.net.PortStatistics.Counter;

class PortFactoriesTest {
    static FramePort open(String binding) throws IOException {
        List<String> words = Arrays.asList(binding.split(":", -1));
        for (PortFactory factory : ServiceLoader.load(PortFactory.class)) {
            if (factory.type().equals(words.getFirst())) {
                return factory.open(words.subList(1, words.size()));
            }
        }
        throw new AssertionError("no port type " + words.getFirst());
    }

    @Test
    void everyTypeOfTheCommandLineIsFound() {
        assertThat(ServiceLoader.load(PortFactory.class)).extracting(PortFactory::type)
                .contains("null", "udp", "unix", "tcp_cli", "tcp_ser", "tap", "linux_eth", "gen_eth", "vde");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "udp:1:2|invalid number of arguments for 'udp': got 2, expected LOCALPORT:HOST:REMOTEPORT",
            "udp:x:localhost:1|\"x\" is no port number", "udp:1:localhost:65536|\"65536\" is no port number",
            "udp:1:localhost:0|1 to 65535", "udp:-1:localhost:5|0 to 65535", "udp:1::5|host is missing",
            "null:x|invalid number of arguments for 'null'", "tcp_ser:|is no port number",
            "linux_eth:this-name-is-too-long|too long; Linux allows 15", "gen_eth:a/b|does not allow",
            "gen_eth:|name is missing", "tap:an-overlong-tap-name|too long", "linux_eth:lo:inwards|unknown option" })
    void wrongParametersAreExplained(String binding, String message) {
        assertThatThrownBy(() -> open(binding)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void unknownHostIsExplained() {
        assertThatThrownBy(() -> open("udp:0:no.such.host.invalid:1")).isInstanceOf(IOException.class)
                .hasMessageContaining("unknown");
    }

    @Test
    void nullPortSwallowsAndCounts() throws IOException {
        try (FramePort port = open("null")) {
            Inbox inbox = Inbox.start(port);
            port.transmit(new byte[60], 0, 60);

            assertThat(port.linkUp()).isTrue();
            assertThat(port.statistics().get(Counter.FRAMES_OUT)).isEqualTo(1);
            assertThat(port.statistics().get(Counter.BYTES_OUT)).isEqualTo(60);
            assertThat(inbox.waiting()).isZero();
        }
    }
}
