package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;

/** Consoles on real sockets. */
class TcpConsoleTest {
    private static final String OPENING = "fffd18fffb01fffb03fffe22";
    private static final String GREETING = """
            Connected to Dynamips VM "r1" (ID 7, type c7200) - Console port\r
            Press ENTER to get the prompt.\r
            """;

    private final MachineConfig config = new MachineConfig();
    private Machine machine;
    private Terminal terminal;

    @BeforeEach
    void open() throws ConfigurationException {
        config.name = "r1";
        config.instanceId = 7;
        machine = TestMachine.create(config);
        machine.start();
        terminal = Terminals.open(new Console.Tcp("127.0.0.1", 0), machine, "console");
        awaitTrue(() -> machine.state() == Machine.State.RUNNING);
    }

    @AfterEach
    void close() throws InterruptedException {
        machine.requestStop(Machine.StopReason.USER);
        machine.awaitEnd();
        terminal.close();
        machine.close();
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time of the test").isLessThan(deadline);
            Thread.onSpinWait();
            java.util.concurrent.locks.LockSupport.parkNanos(200_000);
        }
    }

    private int port() {
        String text = terminal.describe();
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    }

    private Socket client() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        byte[] opening = socket.getInputStream().readNBytes(12);
        assertThat(HexFormat.of().formatHex(opening)).isEqualTo(OPENING);
        expect(socket, GREETING);
        return socket;
    }

    private static void expect(Socket socket, String text) throws IOException {
        byte[] expected = text.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(new String(socket.getInputStream().readNBytes(expected.length), StandardCharsets.ISO_8859_1))
                .isEqualTo(text);
    }

    private void print(String text) {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            terminal.write(b);
        }
    }

    private String typed(int length) {
        StringBuilder text = new StringBuilder();
        awaitTrue(() -> {
            for (int c = terminal.read(); c >= 0; c = terminal.read()) {
                text.append((char) c);
            }
            return text.length() >= length;
        });
        return text.toString();
    }

    @Test
    void severalClientsSeeTheOutputAndMayType() throws IOException {
        try (Socket first = client(); Socket second = client()) {
            print("hello\r\n");
            expect(first, "hello\r\n");
            expect(second, "hello\r\n");
            first.getOutputStream().write("a\r\n".getBytes(StandardCharsets.US_ASCII));
            assertThat(typed(2)).isEqualTo("a\r");
            second.getOutputStream().write("b\r\0".getBytes(StandardCharsets.US_ASCII));
            assertThat(typed(2)).isEqualTo("b\r");
        }
    }

    @Test
    void laterClientGetsTheLastFourKilobytes() throws IOException {
        try (Socket first = client()) {
            String text = "0123456789abcdef".repeat(400);
            print(text);
            expect(first, text);
            try (Socket second = client()) {
                expect(second, text.substring(text.length() - TcpConsole.REPLAY_BYTES));
                print("!");
                expect(second, "!");
            }
        }
    }

    @Test
    void byte255IsDoubledForTelnet() throws IOException {
        try (Socket socket = client()) {
            print("a\u00ffb");
            expect(socket, "a\u00ff\u00ffb");
        }
    }

    @Test
    void monitorAnswersOnlyWhereItWasAsked() throws IOException {
        try (Socket first = client(); Socket second = client()) {
            first.getOutputStream().write(new byte[]{ 0x1d, '?' });
            expect(first, "\r\nInstance r1 (ID 7)\r\n");
            print("out");
            expect(second, "out");
            try (Socket third = client()) {
                expect(third, "out");
            }
        }
    }

    @Test
    void suspendedMachineIsReportedToNewClients() throws IOException {
        try (Socket first = client()) {
            first.getOutputStream().write(new byte[]{ 0x1d, 's' });
            awaitTrue(() -> machine.state() == Machine.State.SUSPENDED);
            try (Socket second = client()) {
                expect(second, "\r\n!!! WARNING - VM is not running, will be unresponsive (status=3) !!!\r\n");
            }
            first.getOutputStream().write(new byte[]{ 0x1d, 'u' });
            awaitTrue(() -> machine.state() == Machine.State.RUNNING);
        }
    }

    @Test
    void clientThatDoesNotReadHurtsNobody() throws IOException {
        try (Socket deaf = client(); Socket reader = client()) {
            String line = "x".repeat(8190) + "\r\n";
            for (int i = 0; i < 1500; i++) {
                print(line);
                expect(reader, line);
            }
            assertThat(terminal.outputLost()).isZero();
            InputStream in = deaf.getInputStream();
            StringBuilder tail = new StringBuilder();
            byte[] buffer = new byte[1 << 16];
            while (tail.indexOf("bytes of output lost]") < 0) {
                int count = in.read(buffer);
                assertThat(count).isPositive();
                tail.delete(0, Math.max(0, tail.length() - 100));
                tail.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @Test
    void everythingWrittenBeforeCloseArrives() throws IOException {
        try (Socket socket = client()) {
            String text = "line of the guest\r\n".repeat(3000) + "DONE\r\n";
            print(text);
            terminal.close();
            byte[] all = socket.getInputStream().readAllBytes();
            assertThat(new String(all, StandardCharsets.ISO_8859_1)).isEqualTo(text);
        }
    }

    @Test
    void portIsFreeWhenCloseReturns() throws ConfigurationException, IOException {
        int port = port();
        Socket connected = client();
        terminal.close();
        for (int i = 0; i < 10; i++) {
            Terminal again = Terminals.open(new Console.Tcp("127.0.0.1", port), machine, "console");
            again.close();
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        }
        connected.close();
    }

    @Test
    void takenPortIsAConfigurationError() {
        assertThatThrownBy(() -> Terminals.open(new Console.Tcp("127.0.0.1", port()), machine, "console"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("port " + port())
                .hasMessageContaining("choose another port");
    }

    @Test
    void unknownAddressIsAConfigurationError() {
        assertThatThrownBy(
                () -> Terminals.open(new Console.Tcp("no-such-host.invalid", 2000), machine, "console"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void clientsBeyondTheLimitAreTurnedAway() throws IOException {
        Socket[] sockets = new Socket[TcpConsole.MOST_CLIENTS];
        for (int i = 0; i < sockets.length; i++) {
            sockets[i] = client();
        }
        try (Socket extra = new Socket()) {
            extra.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            extra.setSoTimeout(20_000);
            assertThat(extra.getInputStream().read()).isEqualTo(-1);
        }
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
