package org.xenomips.devices.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xenomips.devices.guest.Packet.ARP;
import static org.xenomips.devices.guest.Packet.IP;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The forwarder as a router between two wires. */
class ForwarderTest {
    private static final byte[] HOST_A = { 2, 0, 0, 0, 0, 0x0a };
    private static final byte[] HOST_B = { 2, 0, 0, 0, 0, 0x0b };
    private static final byte[] PORT_0 = { 2, 0, 0x0a, 0x0b, 0x0c, 0 };
    private static final byte[] PORT_1 = { 2, 0, 0x0a, 0x0b, 0x0c, 1 };
    private static final String A = "10.0.0.5";
    private static final String B = "10.0.1.7";

    @TempDir
    Path directory;

    @Test
    void answersArpAndPing() throws Exception {
        try (GuestMachine machine = router()) {
            Wire wire = machine.plug(0);
            machine.start().until("READY");
            introduceA(wire);
            wire.send(Packet.ip(HOST_A, PORT_0, A, "10.0.0.1", 64, Packet.ICMP, Packet.echo(8, "payload")));
            byte[] reply = wire.receive(IP);
            assertThat(Packet.source(reply)).isEqualTo("10.0.0.1");
            assertThat(Packet.payload(reply)).isEqualTo(Packet.echo(0, "payload"));
            assertThat(Packet.headerSum(reply)).isZero();
        }
    }

    @Test
    void forwardsWithLowerTtlAndRightChecksum() throws Exception {
        try (GuestMachine machine = router()) {
            Wire wireA = machine.plug(0);
            Wire wireB = machine.plug(1);
            machine.start().until("READY");
            introduceA(wireA);
            for (int i = 0; i < 200; i++) {
                byte[] data = new byte[i * 7 + 1];
                Arrays.fill(data, (byte) i);
                wireA.send(Packet.ip(HOST_A, PORT_0, A, B, 2 + i, Packet.UDP, data));
                if (i == 0) {
                    byte[] request = request(wireB);
                    assertThat(Packet.arpTarget(request)).isEqualTo(B);
                    wireB.send(Packet.arp(2, HOST_B, B, PORT_1, "10.0.1.1"));
                }
                byte[] out = wireB.receive(IP);
                assertThat(Packet.destinationMac(out)).isEqualTo(HOST_B);
                assertThat(Packet.sourceMac(out)).isEqualTo(PORT_1);
                assertThat(Packet.ttl(out)).isEqualTo(1 + i);
                assertThat(Packet.headerSum(out)).isZero();
                assertThat(Packet.payload(out)).isEqualTo(data);
            }
        }
    }

    @Test
    void reportsExpiredAndUnreachable() throws Exception {
        try (GuestMachine machine = router()) {
            Wire wire = machine.plug(0);
            machine.start().until("READY");
            introduceA(wire);
            wire.send(Packet.ip(HOST_A, PORT_0, A, B, 1, Packet.UDP, new byte[16]));
            assertThat(Packet.payload(wire.receive(IP))).startsWith(11, 0);
            wire.send(Packet.ip(HOST_A, PORT_0, A, "99.1.2.3", 9, Packet.UDP, new byte[16]));
            assertThat(Packet.payload(wire.receive(IP))).startsWith(3, 0);
            wire.send(Packet.ip(HOST_A, PORT_0, A, "10.0.1.99", 9, Packet.UDP, new byte[16]));
            assertThat(Packet.payload(wire.receive(IP))).startsWith(3, 1);
            wire.send(Packet.ip(HOST_A, PORT_0, A, "10.0.0.1", 9, Packet.UDP, new byte[16]));
            assertThat(Packet.payload(wire.receive(IP))).startsWith(3, 3);
        }
    }

    @Test
    void writeMemoryKeepsTheConfiguration() throws Exception {
        try (GuestMachine machine = router().start()) {
            machine.until("forwarder>");
            machine.command("configure terminal", "(config)#");
            machine.command("hostname R1", "R1(config)#");
            machine.command("interface fa1/0", "R1(config-if)#");
            machine.command("ip address 192.168.9.1 255.255.255.0", "#");
            machine.command("ip route 0.0.0.0 0.0.0.0 192.168.9.254", "#");
            machine.command("end", "R1>");
            assertThat(machine.command("write memory", "R1>")).contains("[OK]");
            assertThat(machine.command("reload", "R1>")).contains("192.168.9.1/255.255.255.0");
        }
        try (GuestMachine again = router().start()) {
            again.until("R1>");
            assertThat(again.command("show ip route", "R1>")).contains("0.0.0.0/0  via 192.168.9.254",
                    "10.0.0.0/24 is directly connected");
        }
    }

    @Test
    void rommonCommandLeadsToTheMonitorAndBootBack() throws Exception {
        try (GuestMachine machine = router().start()) {
            machine.until("forwarder>");
            machine.command("rommon", "rommon 1 > ");
            machine.command("confreg 0x2102", "rommon 2 > ");
            machine.command("boot", "READY");
        }
    }

    private GuestMachine router() throws Exception {
        return GuestMachine.withForwarder(directory, config -> config.cards.put(1, "PA-FE-TX"));
    }

    /** Host A asks for the router, which so learns where A is. */
    private static void introduceA(Wire wire) throws InterruptedException {
        wire.send(Packet.arp(1, HOST_A, A, Packet.BROADCAST, "10.0.0.1"));
        byte[] reply = wire.receive(ARP);
        while (Packet.arpOperation(reply) != 2) {
            reply = wire.receive(ARP);
        }
        assertThat(Packet.destinationMac(reply)).isEqualTo(HOST_A);
        assertThat(Packet.sourceMac(reply)).isEqualTo(PORT_0);
    }

    /** The first request that is not the router's announcement of itself. */
    private static byte[] request(Wire wire) throws InterruptedException {
        byte[] frame = wire.receive(ARP);
        while (Packet.arpTarget(frame).equals("10.0.1.1")) {
            frame = wire.receive(ARP);
        }
        return frame;
    }
}
