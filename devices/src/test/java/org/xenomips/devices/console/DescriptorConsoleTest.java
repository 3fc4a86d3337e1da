package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;

/** Consoles on real terminals and on what is no terminal. */
class DescriptorConsoleTest {
    private final MachineConfig config = new MachineConfig();
    private Machine machine;

    @BeforeEach
    void create() throws ConfigurationException {
        machine = TestMachine.create(config);
    }

    @AfterEach
    void close() {
        machine.close();
    }

    private static void awaitTrue(BooleanSupplier condition) {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time of the test").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(200_000);
        }
    }

    private static byte[] read(Terminal terminal, int length) {
        byte[] result = new byte[length];
        int[] at = { 0 };
        awaitTrue(() -> {
            while (at[0] < length && terminal.hasInput()) {
                result[at[0]++] = (byte) terminal.read();
            }
            return at[0] == length;
        });
        return result;
    }

    private Terminal standard(int in, int out) throws IOException {
        return new Terminal("console", Terminals.standard(in, out, new Monitor(machine), 0x1d), () -> {});
    }

    private static void print(Terminal terminal, String text) {
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            terminal.write(b);
        }
    }

    @Test
    void terminalIsRawWhileItIsAConsoleAndAsBeforeAfterwards() throws IOException {
        try (Pty pty = Pty.open()) {
            int slave = pty.openSlave();
            Termios before = HostTty.attributes(slave);
            assertThat(before.echoes()).isTrue();
            Terminal terminal = standard(slave, slave);
            assertThat(HostTty.attributes(slave).echoes()).isFalse();
            pty.type(new byte[]{ 3, 0x1a, 0x13, '\r', 'x', 0x7f });
            assertThat(read(terminal, 6)).containsExactly(3, 0x1a, 0x13, '\r', 'x', 0x7f);
            print(terminal, "prompt# ");
            assertThat(new String(pty.shown(8), StandardCharsets.US_ASCII)).isEqualTo("prompt# ");
            terminal.close();
            assertThat(HostTty.attributes(slave).raw()).isEqualTo(before.raw());
            HostTty.close(slave);
        }
    }

    @Test
    void monitorAnswersOnTheTerminal() throws IOException {
        try (Pty pty = Pty.open()) {
            int slave = pty.openSlave();
            Terminal terminal = standard(slave, slave);
            pty.type(new byte[]{ 'a', 0x1d, '?', 'b' });
            assertThat(read(terminal, 2)).containsExactly('a', 'b');
            assertThat(new String(pty.shown(30), StandardCharsets.US_ASCII)).contains("Instance default (ID 0)");
            terminal.close();
            HostTty.close(slave);
        }
    }

    @Test
    void endOfInputIsNoErrorAndOutputGoesOn() throws IOException {
        try (Pty pty = Pty.open()) {
            int slave = pty.openSlave();
            HostTty.setAttributes(slave, HostTty.attributes(slave).serial(line(pty.slavePath, 9600)));
            int nothing = HostTty.open("/dev/null");
            Terminal terminal = standard(nothing, slave);
            String text = "still here ".repeat(100);
            print(terminal, text);
            assertThat(new String(pty.shown(text.length()), StandardCharsets.US_ASCII)).isEqualTo(text);
            assertThat(terminal.hasInput()).isFalse();
            terminal.close();
            HostTty.close(nothing);
            HostTty.close(slave);
        }
    }

    @Test
    void everythingWrittenBeforeCloseArrives() throws IOException {
        try (Pty pty = Pty.open()) {
            int slave = pty.openSlave();
            HostTty.setAttributes(slave, HostTty.attributes(slave).serial(line(pty.slavePath, 9600)));
            Terminal terminal = standard(slave, slave);
            String text = "line of the guest\r\n".repeat(1000) + "DONE\r\n";
            print(terminal, text);
            Thread closer = Thread.ofPlatform().start(terminal::close);
            assertThat(new String(pty.shown(text.length()), StandardCharsets.US_ASCII)).isEqualTo(text);
            awaitTrue(() -> !closer.isAlive());
            HostTty.close(slave);
        }
    }

    @Test
    void closeGivesUpOnATerminalThatNobodyReads() throws IOException {
        try (Pty pty = Pty.open()) {
            int slave = pty.openSlave();
            Terminal terminal = standard(slave, slave);
            print(terminal, "x".repeat(250_000));
            terminal.close();
            assertThat(terminal.outputLost()).isZero();
            HostTty.close(slave);
        }
    }

    @Test
    void serialLineIsTransparentForAllBytes() throws ConfigurationException, IOException {
        try (Pty pty = Pty.open()) {
            Terminal terminal = Terminals.open(line(pty.slavePath, 115200), machine, "console");
            int slave = pty.openSlave();
            assertThat(HostTty.attributes(slave).controlFlags() & 0x1040).as("115200, two stop bits").isEqualTo(0x1040);
            HostTty.close(slave);
            byte[] all = new byte[256];
            for (int i = 0; i < 256; i++) {
                all[i] = (byte) i;
            }
            pty.type(all);
            assertThat(read(terminal, 256)).isEqualTo(all);
            for (byte b : all) {
                terminal.write(b);
            }
            assertThat(pty.shown(256)).isEqualTo(all);
            terminal.close();
        }
    }

    private static Console.Serial line(String device, int baud) {
        return new Console.Serial(device, baud, 8, 'N', 2, false);
    }

    @Test
    void impossibleLinesAreConfigurationErrors() {
        assertThatThrownBy(() -> Terminals.open(line("/dev/no-such-line", 9600), machine, "console"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("/dev/no-such-line");
        assertThatThrownBy(() -> Terminals.open(line("/dev/null", 9600), machine, "console"))
                .isInstanceOf(ConfigurationException.class);
        assertThatThrownBy(() -> Terminals.open(line("/dev/null", 12345), machine, "console"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("standard speed");
        assertThatThrownBy(
                () -> Terminals.open(new Console.Serial("/dev/null", 9600, 9, 'X', 0, false), machine, "AUX"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void consoleToNowhereTakesEverything() throws ConfigurationException {
        Terminal terminal = Terminals.open(new Console.None(), machine, "AUX");
        print(terminal, "x".repeat(3 * Terminal.OUTPUT_BYTES));
        assertThat(terminal.outputLost()).isZero();
        assertThat(terminal.hasInput()).isFalse();
        terminal.close();
        terminal.close();
    }
}
