package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What scripts and people see of the program: messages, files, exit status, signals. */
class CommandLineIT {
    private static final String FORWARDER = "builtin:forwarder";

    @TempDir
    Path directory;

    private Stream<String> files() throws IOException {
        try (Stream<Path> list = Files.list(directory)) {
            return list.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    @Test
    void forwarderStartsAndPowersOff() throws Exception {
        try (Program router = Program.start(directory, FORWARDER)) {
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
        try (Program router = Program.start(directory, FORWARDER, "-i", "7", "--filepid", "pid")) {
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
        try (Program first = Program.start(directory, FORWARDER)) {
            first.await("READY");
            try (Program second = Program.start(directory, FORWARDER)) {
                assertThat(second.exitStatus()).isEqualTo(1);
                assertThat(second.output()).contains("already running", Long.toString(first.handle().pid()));
            }
        }
        try (Program third = Program.start(directory, FORWARDER)) {
            third.await("READY");
        }
    }

    @Test
    void usageErrorsLeaveNoFilesBehind() throws Exception {
        for (String[] arguments : new String[][]{ { "-r", "lots" }, { "-P", "none" }, { "--clock", "sun" },
                { "no-such-image.bin" }, { "builtin:no-such-image" }, { "-M", "huge" }, { "a", "b" } }) {
            try (Program program = Program.start(directory, arguments)) {
                assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
            }
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void builtInImagesAreListedAndUnknownOnesNamed() throws Exception {
        run(0, "--list-hardware").containsSubsequence("Built-in images", "  builtin:router ", "  builtin:router64 ",
                "  builtin:forwarder ");
        run(1, "builtin:switch").contains("no built-in guest 'switch'; built in are router, router64, forwarder");
        assertThat(files()).isEmpty();
    }

    @Test
    void romMonitorIsThereWhenTheConfigurationRegisterSaysSo() throws Exception {
        try (Program router = Program.start(directory, FORWARDER, "-c", "0x2100")) {
            int at = router.await("rommon 1 >");
            router.type("set\r");
            at = router.await("rommon 2 >", at);
            router.type("boot\r");
            router.await("READY", at);
        }
    }

    @Test
    void monitorEscapeEndsTheRouterAndCanBeMoved() throws Exception {
        try (Program router = Program.start(directory, FORWARDER, "--console-escape", "^A")) {
            router.await("READY");
            router.type("\001q");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void configurationGoesIntoAnNvramFileAndComesOutAgain() throws Exception {
        String startup = "hostname stored\n";
        Files.writeString(directory.resolve("startup.cfg"), startup);
        Files.writeString(directory.resolve("private.cfg"), "key 1\n");
        run(0, "--nvram-import", "c7200_i0_nvram", "-C", "startup.cfg", "--private-config", "private.cfg", "-n", "64")
                .contains(
                        "startup configuration (16 bytes) and the private configuration (6 bytes) in a new NVRAM of 64 KB");
        assertThat(directory.resolve("c7200_i0_nvram")).hasSize(64 << 10);
        assertThat(directory.resolve("c7200_i0_lock")).doesNotExist();
        run(0, "--nvram-export", "c7200_i0_nvram").isEqualTo(startup + "\n[end of output]");
        run(0, "--nvram-export", "c7200_i0_nvram", "--startup-config", "out", "--private-config", "out2")
                .contains("Startup configuration (16 bytes) written to out",
                        "Private configuration (6 bytes) written to out2");
        assertThat(directory.resolve("out")).hasContent(startup);
        assertThat(directory.resolve("out2")).hasContent("key 1\n");
        try (Program router = Program.start(directory, FORWARDER, "-n", "64")) {
            router.await("stored>");
            run(1, "--nvram-import", "c7200_i0_nvram", "-C", "out").contains("already running");
            router.type("\035c");
            router.await("written to");
            router.type("\035q");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
        assertThat(directory.resolve("c7200_i0_ios_cfg.txt")).hasContent(startup);
    }

    @Test
    void nvramFilesWithoutAConfigurationAreRefused() throws Exception {
        Files.write(directory.resolve("blank"), new byte[8 << 10]);
        run(1, "--nvram-export", "blank", "-C", "out").contains("--nvram-export blank: ", "holds no file system");
        Files.write(directory.resolve("odd"), new byte[99]);
        run(1, "--nvram-export", "odd").contains("99 bytes are not an NVRAM image");
        Files.write(directory.resolve("large"), new byte[7 << 10]);
        run(1, "--nvram-import", "blank", "-C", "large").contains("use a larger one (-n)");
        assertThat(Files.readAllBytes(directory.resolve("blank"))).containsOnly(0);
        assertThat(files()).containsOnly("blank", "odd", "large");
    }

    private AbstractStringAssert<?> run(int status, String... arguments) throws Exception {
        try (Program program = Program.start(directory, arguments)) {
            assertThat(program.exitStatus()).as(program.output()).isEqualTo(status);
            return assertThat(program.output());
        }
    }

    @Test
    void countersOfThePortsEndTheRun() throws Exception {
        try (Program router = Program.start(directory, FORWARDER, "-s", "0:0:null")) {
            int at = router.await("READY");
            router.type("\035p");
            at = router.await("slot 0 port 0: ", at);
            router.type("\035j");
            at = router.await("decoded code pages", at);
            router.type("\035q");
            at = router.await("Shutdown in progress", at);
            router.await("slot 0 port 0: ", at);
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void lockstepComparesWhatIsTranslated() throws Exception {
        String eager = "XENOMIPS_JAVA_OPTIONS=-Dxenomips.jit.threshold=1 -Dxenomips.jit.synchronous=true";
        try (Program router = Program.start(directory, List.of("env", eager),
                List.of(FORWARDER, "--lockstep", "--jit-stats"))) {
            router.await("READY");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
            assertThat(router.output()).containsPattern("lockstep: [1-9][0-9,]* segments with [1-9]");
        }
    }

    @Test
    void lockstepNeedsSomethingToCompare() throws Exception {
        run(1, "--lockstep", "-j").contains("-j translates nothing");
        run(1, "--lockstep", "--engine", "interpreter").contains("'interpreter' has nothing to compare");
        assertThat(files()).isEmpty();
    }

    @Test
    void savedRouterContinuesWhereItStood() throws Exception {
        try (Program router = Program.start(directory, FORWARDER, "--save", "state")) {
            int at = router.await("READY");
            router.type("hostname kept\r");
            router.await("kept>", at);
            router.terminate();
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
        try (Program router = Program.start(directory, FORWARDER, "--restore", "state")) {
            router.await("starting simulation");
            router.type("\r");
            router.await("kept>");
            assertThat(router.output()).doesNotContain("READY");
        }
    }
}
