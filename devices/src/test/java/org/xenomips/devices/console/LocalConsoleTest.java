package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConsoleEnd;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;
import org.xenomips.machine.MachineConfig.MonitorKey;

class LocalConsoleTest {
    private final End end = new End();
    private final AtomicInteger switched = new AtomicInteger();
    private final Machine machine;
    private final Terminal terminal;

    private static final class End implements ConsoleEnd {
        private final StringBuilder printed = new StringBuilder();
        private @Nullable Keyboard keyboard;

        @Override
        public void opened(Keyboard keys) {
            keyboard = keys;
        }

        @Override
        public synchronized void printed(byte[] text, int length) {
            printed.append(new String(text, 0, length, StandardCharsets.ISO_8859_1));
        }

        synchronized String text() {
            return printed.toString();
        }

        void press(String keys) {
            byte[] bytes = keys.getBytes(StandardCharsets.ISO_8859_1);
            Objects.requireNonNull(keyboard).press(bytes, bytes.length);
        }
    }

    LocalConsoleTest() throws Exception {
        MachineConfig config = new MachineConfig();
        config.monitorKeys.put('n', new MonitorKey("the next console", switched::incrementAndGet));
        machine = TestMachine.create(config);
        terminal = Terminals.open(new Console.Local(end), machine, "console");
    }

    @AfterEach
    void close() {
        terminal.close();
        machine.close();
    }

    private String typed() {
        StringBuilder typed = new StringBuilder();
        while (terminal.hasInput()) {
            typed.append((char) terminal.read());
        }
        return typed.toString();
    }

    @Test
    void whatTheGuestPrintsIsThereAtOnce() {
        "R1# ".chars().forEach(terminal::write);
        assertThat(end.text()).isEqualTo("R1# ");
    }

    @Test
    void pressedKeysAreConvertedAndTypedOnesAreNot() {
        end.press("a\n\r\033[A");
        assertThat(typed()).isEqualTo("a\r\020");
        Objects.requireNonNull(end.keyboard).type(new byte[]{ 'b', '\n', 0x1d, 'n' });
        assertThat(typed()).isEqualTo("b\n\035n");
        assertThat(switched).hasValue(0);
    }

    @Test
    void programsOwnKeysAreBehindTheEscapeCharacterAndInTheHelp() {
        end.press("\035n");
        assertThat(switched).hasValue(1);
        end.press("\035?");
        assertThat(end.text()).contains("  n  the next console", "  q  stop the machine");
        assertThat(typed()).isEmpty();
    }
}
