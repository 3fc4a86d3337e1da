package org.xenomips.devices.netio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.devices.linux.Descriptor;
import org.xenomips.devices.netio.offload.Packets;
import org.xenomips.net.PortStatistics.Counter;

@EnabledOnOs(OS.LINUX)
class UnixPortTest {
    @TempDir
    Path dir;

    private UnixPort open(String local, String remote) throws IOException {
        return UnixPort.open(dir.resolve(local).toString(), dir.resolve(remote).toString());
    }

    @Test
    void twoPortsExchangeFrames() throws Exception {
        try (UnixPort a = open("a", "b"); UnixPort b = open("b", "a")) {
            Inbox atA = Inbox.start(a);
            Inbox atB = Inbox.start(b);
            byte[] cell = Packets.ethernet(53, 1, 1);
            byte[] frame = Packets.ethernet(1518, 1, 2);

            a.transmit(cell, 0, cell.length);
            b.transmit(frame, 0, frame.length);

            assertThat(atB.take()).isEqualTo(cell);
            assertThat(atA.take()).isEqualTo(frame);
        }
    }

    @Test
    void peerMayComeLater() throws Exception {
        try (UnixPort a = open("a", "b")) {
            Inbox.start(a);
            a.transmit(new byte[60], 0, 60);
            assertThat(a.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);

            try (UnixPort b = open("b", "a")) {
                Inbox atB = Inbox.start(b);
                a.transmit(new byte[60], 0, 60);
                assertThat(atB.take()).hasSize(60);
            }
        }
    }

    @Test
    void peerThatDoesNotReadCostsFramesAndDoesNotBlock() throws Exception {
        try (UnixPort a = open("a", "b"); UnixPort b = open("b", "a")) {
            Inbox.start(a);
            for (int i = 0; i < 2000; i++) {
                a.transmit(new byte[1500], 0, 1500);
            }

            assertThat(a.statistics().get(Counter.SEND_ERRORS)).isPositive();
            assertThat(a.statistics().get(Counter.FRAMES_OUT)).isPositive();
            assertThat(b.statistics().get(Counter.FRAMES_IN)).isZero();
        }
    }

    @Test
    void abandonedSocketFileIsReplacedAndOwnOneRemoved() throws Exception {
        Path local = dir.resolve("a");
        try (Descriptor abandoned = Descriptor.socket(Descriptor.AF_UNIX, Descriptor.SOCK_DGRAM, 0)) {
            UnixPaths.bind("test", abandoned, local.toString());
        }
        assertThat(local).exists();

        try (UnixPort port = open("a", "b")) {
            assertThat(port.linkUp()).isTrue();
        }
        assertThat(local).doesNotExist();
    }

    @Test
    void pathInUseIsRefusedAndTheFileKept() throws Exception {
        Files.writeString(dir.resolve("file"), "precious");
        try (UnixPort a = open("a", "b")) {
            assertThatThrownBy(() -> open("a", "c")).isInstanceOf(IOException.class)
                    .hasMessageContaining("is using it");
            assertThatThrownBy(() -> open("file", "c")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> open("no/such/dir", "c")).hasMessageContaining("directory does not exist");
            assertThat(a.linkUp()).isTrue();
        }
        assertThat(dir.resolve("file")).hasContent("precious");
    }

    @Test
    void overlongPathIsRefused() {
        assertThatThrownBy(() -> open("x".repeat(120), "b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 107");
    }

    @Test
    void closeEndsTheBlockedThread() throws Exception {
        UnixPort port = open("a", "b");
        Inbox.start(port);
        port.close();

        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(t -> t.getName().equals("netio-" + port.name()));
        port.transmit(new byte[60], 0, 60);
        assertThat(port.statistics().get(Counter.SEND_ERRORS)).isEqualTo(1);
    }
}
