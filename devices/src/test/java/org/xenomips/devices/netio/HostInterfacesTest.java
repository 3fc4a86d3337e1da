package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.devices.netio.pcap.PacketFilter;
import org.xenomips.devices.netio.pcap.PacketLibrary;

class HostInterfacesTest {
    @Test
    @EnabledOnOs(OS.LINUX)
    void loopbackIsListed() {
        HostInterface lo = HostInterfaces.list().stream().filter(i -> i.name().equals("lo")).findFirst().orElseThrow();

        assertThat(lo.mtu()).isGreaterThan(1500);
        assertThat(lo.mac()).isEqualTo("00:00:00:00:00:00");
        assertThat(lo.description()).isNotEmpty();
        assertThat(lo.line()).startsWith("lo : ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void missingInterfaceIsNamedTogetherWithThoseThatExist() {
        assertThatThrownBy(() -> PortFactoriesTest.open("linux_eth:nosuch0")).isInstanceOf(IOException.class)
                .hasMessageContaining("there is no interface nosuch0")
                .hasMessageContaining("lo");
    }

    @Test
    void filterOfTheLibrarySeesTagsInLine() {
        assumeTrue(PacketLibrary.find().isPresent(), "libpcap is not installed");
        PacketLibrary library = PacketLibrary.find().orElseThrow();
        byte[] frame = Packets.tagged(Packets.ipv4(Packets.UDP, 100), 0x8100_0005);

        try (PacketFilter vlan = library.compile("vlan 5 and udp port 2000", PcapWriter.EN10MB);
                PacketFilter other = library.compile("vlan 6", PcapWriter.EN10MB)) {
            assertThat(vlan.matches(frame, frame.length)).isTrue();
            assertThat(other.matches(frame, frame.length)).isFalse();
            assertThat(vlan.matches(frame, 20)).isFalse();
        }
        assertThat(library.version()).contains("libpcap");
        assertThatThrownBy(() -> library.compile("no such word", PcapWriter.EN10MB))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no such word");
    }

    @Test
    void portableListHasTheLoopbackToo() throws Exception {
        assertThat(HostInterfaces.listPortable(Map.of("lo", "from the library"))).extracting(HostInterface::line)
                .isNotEmpty()
                .allMatch(line -> !line.startsWith("lo :") || line.startsWith("lo : from the library"));
    }
}
