package org.xenomips.devices.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.Machine.StopReason;

/** The boot ROM on a whole machine: hand-over, services, exceptions, and the monitor typed at. */
class BootRomTest {
    private static final int BOOT_FIELD_ZERO = 0x2100;

    @TempDir
    Path directory;

    @Test
    void monitorTranscriptIsAsRecorded() throws Exception {
        List<String> lines = List.of("help", "set", "ONE=1", "set TWO=second value", "set TWO=2", "set", "unset ONE",
                "unset NONE", "set", "sync", "bogus", "confreg 0x2142", "confreg zz", "confreg 123456789", "meminfo",
                "dev", "dir disk0:", "dir disk1:", "dir bootflash:", "dir nowhere:", "boot disk0:missing",
                "boot tftp:x",
                "context", "sysret", "alias zz meminfo now", "alias", "unalias zz", "zz", "cookie", "history");
        StringBuilder transcript = new StringBuilder();
        try (GuestMachine machine = monitor()) {
            String start = machine.until("rommon 1 > ");
            transcript.append(start, start.indexOf("ROMMON"), start.length());
            for (int i = 0; i < lines.size(); i++) {
                transcript.append(machine.command(lines.get(i), "rommon " + (i + 2) + " > "));
            }
        }
        assertThat(transcript.toString()).isEqualTo(recorded("rom-monitor.txt"));
    }

    @Test
    void monitorSurvivesWhatAnybodyTypes() throws Exception {
        try (GuestMachine machine = monitor()) {
            machine.until("rommon 1 > ");
            assertThat(machine.command("x".repeat(1000), "rommon 2 > ")).contains("not found");
            machine.command("a b c d e f g h i j k l m n o p q r s t u v", "rommon 3 > ");
            machine.command("boot disk0://///", "rommon 4 > ");
            machine.command("=", "rommon 5 > ");
            machine.command("%s%n%x \\", "rommon 6 > ");
            machine.type("half a line\u0003");
            machine.until("^C");
            machine.until("rommon 6 > ");
            machine.type("never mind\u0015meminf\u007ffo\r");
            assertThat(machine.until("rommon 7 > ")).contains("Main memory size: 64 MB");
            machine.type("\u0010\r");
            assertThat(machine.until("rommon 8 > ")).contains("Main memory size: 64 MB");
        }
    }

    @Test
    void confregDialogueChangesTheBootField() throws Exception {
        try (GuestMachine machine = monitor()) {
            machine.until("rommon 1 > ");
            assertThat(machine.command("confreg", "change the configuration? y/n  [n]:  ")).contains("0x2140",
                    "the ROM Monitor");
            machine.type("y\r" + "n\r".repeat(6) + "n\r" + "y\r" + "2\r");
            assertThat(machine.until("keep this configuration? y/n  [n]:  ")).contains("0x2142");
            machine.command("y", "rommon 2 > ");
            machine.type("reset\r");
            assertThat(machine.until("READY")).contains("Launching IOS image at 0x80008000...");
        }
    }

    @Test
    void bootStartsTheLoadedImage() throws Exception {
        try (GuestMachine machine = monitor()) {
            machine.until("rommon 1 > ");
            assertThat(machine.command("boot", "READY")).contains("Launching IOS image at 0x80008000...");
        }
    }

    @Test
    void imageThatReturnsStopsTheMachine() throws Exception {
        byte[] image = TinyImage.of(TinyImage.RETURN, TinyImage.NOP);
        try (GuestMachine machine = GuestMachine.withImage(directory, image, config -> {}).start()) {
            assertThat(machine.until("Image returned to ROM.\n")).contains(
                    "ROMMON emulation microcode.\n\nLaunching IOS image at 0x80008000...\n");
            assertThat(machine.awaitStop()).isEqualTo(StopReason.GUEST);
        }
    }

    @Test
    void imageStartedFromTheMonitorReturnsToIt() throws Exception {
        byte[] image = TinyImage.of(TinyImage.RETURN, TinyImage.NOP);
        try (GuestMachine machine = GuestMachine
                .withImage(directory, image, config -> config.configRegister = BOOT_FIELD_ZERO)
                .start()) {
            machine.until("rommon 1 > ");
            assertThat(machine.command("boot", "rommon 1 > ")).contains("Image returned to ROM.");
            assertThat(machine.command("boot", "rommon 1 > ")).contains("reloading the machine",
                    "ROMMON emulation microcode.");
        }
    }

    @Test
    void exceptionIsReportedOnceAndEndsInTheMonitor() throws Exception {
        byte[] image = TinyImage.of(TinyImage.loadA1(0x5a5a & 0x7fff), TinyImage.BREAK);
        try (GuestMachine machine = GuestMachine.withImage(directory, image, config -> {}).start()) {
            String report = machine.until("rommon 1 > ");
            assertThat(report).containsOnlyOnce("*** break point exception ***")
                    .containsOnlyOnce("PC = 0x80008004, Cause = 0x00000024, Status = 0x00408103");
            assertThat(machine.command("context", "rommon 2 > ")).contains("a1   : 0000000000005a5a",
                    "sp   : ffffffff80007fc0", "(break point)");
            assertThat(machine.command("sysret", "rommon 3 > ")).contains("pc: 0x80008004");
        }
    }

    @Test
    void serviceInADelaySlotContinuesBehindTheSlot() throws Exception {
        byte[] image = TinyImage.of(TinyImage.loadA0(1), TinyImage.loadA1('A'), TinyImage.branch(100),
                TinyImage.SYSCALL, TinyImage.loadA1('B'), TinyImage.SYSCALL, TinyImage.RETURN, TinyImage.NOP);
        try (GuestMachine machine = GuestMachine.withImage(directory, image, config -> {}).start()) {
            assertThat(machine.until("Image returned")).contains("ABImage returned");
        }
    }

    @Test
    void reloadServiceStartsTheMachineAgain() throws Exception {
        byte[] image = TinyImage.of(TinyImage.loadA0(8), TinyImage.SYSCALL);
        try (GuestMachine machine = GuestMachine.withImage(directory, image, config -> {}).start()) {
            machine.until("Reload requested.");
            assertThat(machine.until("Reload requested.")).contains("ROMMON emulation microcode.");
        }
    }

    @Test
    void unusableStackIsReported() throws Exception {
        int clearSp = 0x0000_e825;
        byte[] image = TinyImage.of(clearSp, TinyImage.BREAK);
        try (GuestMachine machine = GuestMachine.withImage(directory, image, config -> {}).start()) {
            assertThat(machine.until("rommon 1 > ")).contains("the stack at 0x00000000 cannot be written",
                    "PC = 0x80008004");
        }
    }

    private GuestMachine monitor() throws Exception {
        return GuestMachine.withForwarder(directory, config -> config.configRegister = BOOT_FIELD_ZERO).start();
    }

    private static String recorded(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(BootRomTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
