package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.net.Namespaces;

/** The open router, as users start it: alone, and as the demo. */
class RouterIT {
    private static final String CONSOLE_HINT = "lists more";

    @TempDir
    Path directory;

    @Test
    void freshStartComesToThePromptAndPowersOff() throws Exception {
        try (Program program = Program.start(directory)) {
            RouterShell router = RouterShell.atPrompt(program);
            assertThat(router.command("uname -sm")).isEqualTo("Linux mips");
            assertThat(router.command("cat /proc/net/dev")).contains("fa0-0");
            program.type("poweroff\r");
            assertThat(program.exitStatus()).as(program.output()).isZero();
            assertThat(program.output()).contains("Shutdown completed.");
        }
    }

    @Test
    void sixtyFourBitKernelComesToThePrompt() throws Exception {
        try (Program program = Program.start(directory, "builtin:router64")) {
            assertThat(RouterShell.atPrompt(program).command("uname -m")).isEqualTo("mips64");
        }
    }

    @Test
    void timeToPromptIsPrintedWhenWanted() throws Exception {
        try (Program program = Program.start(directory, "--timing")) {
            RouterShell.atPrompt(program);
            assertThat(program.output()).containsPattern("\\[ready after \\d+\\.\\d s\\]");
        }
    }

    @Test
    void writtenConfigurationSurvivesAKilledProgram() throws Exception {
        try (Program program = Program.start(directory)) {
            RouterShell router = RouterShell.atPrompt(program);
            int at = program.output().length();
            program.type("configure\r");
            at = program.await("(config)# ", at);
            program.type(
                    "hostname kept\rinterface FastEthernet0/0\rip address 198.18.1.1 255.255.255.0\rno shutdown\rend\r");
            program.await("kept# ", at);
            router.command("write");
            program.kill();
            program.handle().onExit().get();
        }
        try (Program program = Program.start(directory)) {
            RouterShell router = RouterShell.atPrompt(program);
            program.await("kept# ");
            assertThat(router.command("ip address show fa0-0")).contains("198.18.1.1/24");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "TERM", "INT" })
    void signalsEndTheRouterInAnOrderlyWay(String signal) throws Exception {
        try (Program program = Program.start(directory)) {
            RouterShell.atPrompt(program);
            program.signal(signal);
            assertThat(program.exitStatus()).as(program.output()).isZero();
            assertThat(program.output()).contains("Shutdown completed.");
        }
        assertThat(directory.resolve("c7200_i0_lock")).doesNotExist();
    }

    @Test
    void consoleEscapeEndsTheRouter() throws Exception {
        try (Program program = Program.start(directory)) {
            RouterShell.atPrompt(program);
            program.type("\035q");
            assertThat(program.exitStatus()).as(program.output()).isZero();
        }
    }

    private List<Path> temporaryFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Starts the demo with its temporary directory in the test's. */
    private Program demo(String... arguments) throws IOException {
        return Program.start(directory,
                List.of("env", "XENOMIPS_JAVA_OPTIONS=-Djava.io.tmpdir=" + directory),
                Stream.concat(Stream.of("demo"), Stream.of(arguments)).toList());
    }

    private static void assertShown(String output) {
        assertThat(output).containsSubsequence("Time to prompt: R1 ", "OSPF: both neighbours Full",
                "R1: routing table", "198.18.2.0/24", "R2: routing table", "198.18.1.0/24",
                "R1: ping from LAN to LAN", "0% packet loss");
    }

    @Test
    void demoShowsWhatRunsChangesBetweenTheConsolesAndEnds() throws Exception {
        try (Program program = demo()) {
            int at = program.await(CONSOLE_HINT);
            System.out.println(program.output());
            assertShown(program.output());
            at = program.await("R1# ", at);
            program.type("\0352");
            at = program.await("R2# ", at);
            program.type("hostname\r");
            at = program.await("\nR2", at);
            program.type("\035n");
            at = program.await("R1# ", at);
            program.type("\035?");
            program.await("end the demo", at);
            program.type("\035q");
            assertThat(program.exitStatus()).as(program.output()).isZero();
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    /** The demo ends when both routers are switched off, and the next one goes on with their files. */
    @Test
    void demoInADirectoryContinuesWithWhatWasWrittenBeforeTheRoutersWereSwitchedOff() throws Exception {
        Path files = directory.resolve("lab");
        try (Program program = demo("--dir", files.toString())) {
            int at = program.await(CONSOLE_HINT);
            at = program.await("R1# ", at);
            program.type("configure\rhostname kept\rend\r");
            at = program.await("kept# ", at);
            new RouterShell(program).command("write");
            program.type("poweroff\r");
            at = program.await("[R1 has been switched off]", at);
            program.await("R2# ", at);
            program.type("poweroff\r");
            assertThat(program.exitStatus()).as(program.output()).isZero();
        }
        try (Program program = demo("--dir", files.toString(), "--no-console")) {
            assertThat(program.exitStatus()).as(program.output()).isZero();
            assertThat(program.output()).contains("R1 continues with the configuration stored in")
                    .doesNotContain(CONSOLE_HINT);
            assertShown(program.output());
        }
        try (Program export = Program.start(files, "--nvram-export", "c7200_i1_nvram")) {
            assertThat(export.exitStatus()).as(export.output()).isZero();
            assertThat(export.output()).contains("hostname kept", "network 198.18.1.0 0.0.0.255 area 0");
        }
    }

    /** Two demos side by side, one for each signal. */
    private void signalsEndTheDemo(String when, int status, String... lastWords) throws Exception {
        try (Program first = demo(); Program second = demo()) {
            first.await(when);
            first.signal("TERM");
            second.await(when);
            second.signal("INT");
            for (Program program : List.of(first, second)) {
                assertThat(program.exitStatus()).as(program.output()).isEqualTo(status);
                assertThat(program.output()).contains(lastWords);
            }
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void demoInterruptedAtItsStartSaysSoAndCleansUp() throws Exception {
        signalsEndTheDemo("is booting", 1, "The demo was interrupted.");
    }

    @Test
    void demoInterruptedAtItsConsolesEndsAsIfAskedTo() throws Exception {
        signalsEndTheDemo(CONSOLE_HINT, 0, CONSOLE_HINT);
    }

    @Test
    void demoThatTakesTooLongFailsAndSaysWhy() throws Exception {
        try (Program program = demo("--no-console", "--timeout", "1", "-j")) {
            assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
            assertThat(program.output()).containsPattern("within 1 s");
        }
        assertThat(temporaryFiles()).isEmpty();
    }

    @Test
    void hostsOwnPingGoesThroughTheDemo() throws Exception {
        try (Namespaces namespaces = Namespaces.orSkip()) {
            String host = namespaces.add();
            try (Program program = Program.start(directory, Namespaces.prefix(host), List.of("demo", "--host"))) {
                program.await(CONSOLE_HINT);
                assertThat(program.output()).contains("This host: ping through both routers", "5 received");
                assertThat(Namespaces.exec(host, "ping", "-n", "-c", "2", "198.18.2.10")).contains("ttl=62");
                program.type("\035q");
                assertThat(program.exitStatus()).as(program.output()).isZero();
                assertThat(Namespaces.ip(host, "link")).doesNotContain("xmd");
            }
        }
    }

    @Test
    void demoMistakesAreUsageErrors() throws Exception {
        List<Program> programs = new ArrayList<>();
        try {
            for (String[] arguments : new String[][]{ { "--timeout", "soon" }, { "--image", "builtin:switch" },
                    { "-t", "npe-9" }, { "--no-such-option" }, { "image.bin" } }) {
                programs.add(demo(arguments));
            }
            for (Program program : programs) {
                assertThat(program.exitStatus()).as(program.output()).isEqualTo(1);
            }
        } finally {
            programs.forEach(Program::close);
        }
        assertThat(temporaryFiles()).isEmpty();
    }
}
