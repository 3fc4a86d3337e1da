package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts and people see of the program: messages, files, exit status, signals. */
class CommandLineIT {
    @TempDir
    Path directory;

    private Stream<String> files() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void builtInGuestStartsAndPowersOff() throws Exception {
        try (Program router = Program.start(directory)) {
            router.await("READY");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
            assertThat(router.output()).contains("ROMMON emulation microcode.", "Shutdown completed.");
        }
        assertThat(files()).contains("c7200_i0_nvram", "c7200_i0_bootflash", "c7200_i0_disk0", "c7200_i0_log.txt")
                .doesNotContain("c7200_i0_lock");
    }

    @Test
    void terminationSignalIsAnOrderlyEnd() throws Exception {
        try (Program router = Program.start(directory, "-i", "7", "--filepid", "pid")) {
            router.await("READY");
            assertThat(directory.resolve("c7200_i7_lock")).exists();
            assertThat(directory.resolve("pid")).hasContent(Long.toString(router.handle().pid()));
            router.terminate();
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
        assertThat(directory.resolve("c7200_i7_lock")).doesNotExist();
    }

    @Test
    void secondRouterWithTheSameFilesIsRefused() throws Exception {
        try (Program first = Program.start(directory)) {
            first.await("READY");
            try (Program second = Program.start(directory)) {
                assertThat(second.exitStatus()).isEqualTo(1);
                assertThat(second.output()).contains("already running", Long.toString(first.handle().pid()));
            }
        }
        try (Program third = Program.start(directory)) {
            third.await("READY");
        }
    }

    @Test
    void usageErrorsLeaveNoFilesBehind() throws Exception {
        for (String[] arguments : new String[][]{ { "-r", "lots" }, { "-P", "none" }, { "--clock", "sun" },
                { "no-such-image.bin" }, { "-M", "huge" }, { "a", "b" } }) {
            try (Program program = Program.start(directory, arguments)) {
                assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
            }
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void romMonitorIsThereWhenTheConfigurationRegisterSaysSo() throws Exception {
        try (Program router = Program.start(directory, "-c", "0x2100")) {
            int at = router.await("rommon 1 >");
            router.type("set\r");
            at = router.await("rommon 2 >", at);
            router.type("boot\r");
            router.await("READY", at);
        }
    }

    @Test
    void monitorEscapeEndsTheRouterAndCanBeMoved() throws Exception {
        try (Program router = Program.start(directory, "--console-escape", "^A")) {
            router.await("READY");
            router.type("\001q");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void savedRouterContinuesWhereItStood() throws Exception {
        try (Program router = Program.start(directory, "--save", "state")) {
            int at = router.await("READY");
            router.type("hostname kept\r");
            router.await("kept>", at);
            router.terminate();
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
        try (Program router = Program.start(directory, "--restore", "state")) {
            router.await("starting simulation");
            router.type("\r");
            router.await("kept>");
            assertThat(router.output()).doesNotContain("READY");
        }
    }
}
