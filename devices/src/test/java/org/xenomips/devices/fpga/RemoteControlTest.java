package org.xenomips.devices.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.devices.chipset.BitBucket;
import org.xenomips.devices.serial.PlayedLine;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;

class RemoteControlTest {
    @TempDir
    Path directory;

    private final List<String> events = new ArrayList<>();
    private final PlayedLine console = new PlayedLine();
    private final PhysicalMap memory = new PhysicalMap();
    private final GuestRam ram = new GuestRam("ram", 8192);
    private RemoteControl device;
    private int randoms;

    @BeforeEach
    void build() throws IOException {
        memory.mapRam("ram", 0x1000, ram.size(), ram, 0);
        memory.mapDevice("window", 0x10_0000, 0x1000, false, new BitBucket());
        device = new RemoteControl(new RemoteControl.Facts(64, 4, 128, 32, 0xbe00_0000), memory, console,
                new RommonVariables(directory.resolve("vars")), new Recorder());
    }

    @AfterEach
    void free() {
        ram.close();
    }

    private final class Recorder implements RemoteControl.Host {
        @Override
        public void stop() {
            events.add("stop");
        }

        @Override
        public void reload() {
            events.add("reload");
        }

        @Override
        public void log(String line) {
            events.add("log " + line);
        }

        @Override
        public void logProcessor() {
            events.add("processor");
        }

        @Override
        public int random() {
            return ++randoms;
        }
    }

    private int read(int offset) {
        return (int) device.read(offset, 4);
    }

    private void write(int offset, int value) {
        device.write(offset, 4, value & 0xffff_ffffL);
    }

    private void send(String text) {
        write(0x58, 3);
        for (byte b : text.getBytes(StandardCharsets.ISO_8859_1)) {
            write(0x54, b);
        }
    }

    private String receive() {
        StringBuilder text = new StringBuilder();
        for (int c = read(0x54); c != 0 && text.length() < 600; c = read(0x54)) {
            text.append((char) (c & 0xff));
        }
        return text.toString();
    }

    @Test
    void factsAreThoseOfTheMachine() {
        device.setConfigRegister(0x2142);
        device.setImageEntry(0x8000_8000);
        int[] offsets = { 0x00, 0x04, 0x10, 0x14, 0x18, 0x1c, 0x20, 0x24, 0x28, 0x2c, 0x30, 0x44, 0x48, 0x50 };
        int[] values = { 0x1e94_b3df, 0, 0, 64, 4, 128, 32, 0x2142, 0x8000_8000, 0x19, 0, 0xbe00_0000, 0, 0 };
        for (int i = 0; i < offsets.length; i++) {
            assertThat(read(offsets[i])).as("0x%02x", offsets[i]).isEqualTo(values[i]);
        }
    }

    @Test
    void readingTheStopRegisterStopsTheMachine() {
        assertThat(read(0x34)).isZero();
        assertThat(events).containsExactly("stop");
    }

    @Test
    void writingTheStopRegisterStopsTheMachine() {
        write(0x34, 0);
        assertThat(events).containsExactly("stop");
    }

    @Test
    void reloadNeedsTheValueOne() {
        write(0x5c, 0);
        assertThat(events).isEmpty();
        write(0x5c, 1);
        assertThat(events).containsExactly("reload");
        assertThat(read(0x5c)).isZero();
    }

    @Test
    void configurationRegisterCanBeChangedAndSurvivesAReset() {
        device.setConfigRegister(0x2102);
        write(0x60, 0xffff_2142);
        assertThat(read(0x60)).isEqualTo(0x2142);
        device.reset();
        assertThat(read(0x24)).isEqualTo(0x2142);
    }

    @Test
    void charactersGoToTheConsole() {
        write(0x40, 'H');
        write(0x40, 0x1234_5600 + 'i');
        assertThat(console.output()).hasToString("Hi");
        assertThat(read(0x40)).isZero();
    }

    @Test
    void logCharactersBecomeLines() {
        for (char c : "one\ntwo\n".toCharArray()) {
            write(0x3c, c);
        }
        assertThat(events).containsExactly("log one", "log two");
    }

    @Test
    void logLineWithoutEndStartsOverAndDoesNotGrow() {
        for (int i = 0; i < 512; i++) {
            write(0x3c, 'x');
        }
        write(0x3c, 'y');
        write(0x3c, '\n');
        assertThat(events).containsExactly("log y");
    }

    @Test
    void logStringIsReadFromMemory() {
        byte[] text = "hello\0rest".getBytes(StandardCharsets.ISO_8859_1);
        ram.write(16, text, 0, text.length);
        write(0x38, 0x1010);
        assertThat(events).containsExactly("log hello");
    }

    @Test
    void logStringEndsAt512BytesAndAtTheEndOfMemory() {
        ram.fill(0, 8192, (byte) 'a');
        write(0x38, 0x1000);
        write(0x38, 0x1000 + 8192 - 3);
        assertThat(events).containsExactly("log " + "a".repeat(512), "log aaa");
    }

    @Test
    void logStringOutsideMemoryIsIgnored() {
        write(0x38, 0);
        write(0x38, 0x10_0000);
        write(0x38, -1);
        assertThat(events).isEmpty();
    }

    @Test
    void variablesAreSetReadListedAndRemoved() {
        send("A=first");
        write(0x58, 1);
        assertThat(read(0x58)).isZero();
        send("B=second");
        write(0x58, 1);
        send("A");
        write(0x58, 2);
        assertThat(read(0x58)).isZero();
        assertThat(receive()).isEqualTo("first");
        send("0");
        write(0x58, 5);
        assertThat(receive()).isEqualTo("B=second");
        send("2");
        write(0x58, 5);
        assertThat(read(0x58)).isEqualTo(-1);
        send("A");
        write(0x58, 4);
        assertThat(read(0x58)).isZero();
        send("A");
        write(0x58, 2);
        assertThat(read(0x58)).isEqualTo(-1);
    }

    @Test
    void listIndexThatIsNoNumberFails() {
        for (String text : new String[]{ "", "x", "-1", "99999999999", "1 " }) {
            send(text);
            write(0x58, 5);
            assertThat(read(0x58)).as(text).isEqualTo(-1);
        }
    }

    @Test
    void unknownCommandFailsAndKeepsThePosition() {
        write(0x58, 7);
        assertThat(read(0x58)).isEqualTo(-1);
    }

    @Test
    void overlongNameStartsOver() {
        send("x".repeat(511) + "lost" + "A=1");
        write(0x58, 3);
        assertThat(receive()).isEqualTo("ostA=1");
    }

    @Test
    void valueBytesAbove127AreSignExtended() {
        send("\u00ff");
        write(0x58, 3);
        assertThat(read(0x54)).isEqualTo(-1);
    }

    @Test
    void everyReadOfTheRandomRegisterAsksTheHost() {
        assertThat(read(0x64)).isEqualTo(1);
        write(0x64, 7);
        assertThat(read(0x64)).isEqualTo(2);
        assertThat(device.isIdempotentRead(0x64)).isFalse();
    }

    @Test
    void snapshotKeepsAHalfSentVariable() throws SnapshotException {
        device.setConfigRegister(0x2101);
        send("HALF=");
        SnapshotWriter saved = new SnapshotWriter();
        device.save(saved);
        device.reset();
        device.setConfigRegister(0);
        device.restore(saved.reader("remote"));
        write(0x54, '1');
        write(0x58, 1);
        send("HALF");
        write(0x58, 2);
        assertThat(receive()).isEqualTo("1");
        assertThat(read(0x24)).isEqualTo(0x2101);
    }
}
