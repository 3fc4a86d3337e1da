package org.xenomips.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.xenomips.bench.GuestProgram;
import picocli.CommandLine;

/** Emulators that do, or do not do, what the comparison expects; each is a script. */
@EnabledOnOs(OS.LINUX)
class EmulatorRunTest {
    private static final GuestProgram PROGRAM = GuestProgram.FIB;
    private static final String RESULT = "%08x".formatted(PROGRAM.result());
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Prints what {@code lines} say after the image has been found to be an ELF file, and waits. */
    private static Emulator printing(String... lines) {
        String text = String.join("\\r\\n", lines);
        return Emulator.parse("script=sh -c 'grep -q ELF \"$1\" && printf \"" + text
                + "\\r\\n\" && exec sleep 60' x {image}");
    }

    private static EmulatorRun run(Emulator emulator, int repetitions) throws EmulatorException {
        return EmulatorRun.of(emulator, PROGRAM, 1, repetitions, LIMIT);
    }

    @Test
    void repetitionsAreCountedAndTheProcessIsStillThere() throws EmulatorException {
        try (EmulatorRun run = run(printing("boot", "program fib", "rep 1 result " + RESULT, "rep 2 result " + RESULT),
                2)) {
            assertThat(run.trace().repetitions()).isEqualTo(2);
            assertThat(run.peakKb()).isPositive();
            assertThat(run.curve().steadyNs()).isGreaterThanOrEqualTo(0);
        }
    }

    @Test
    void wrongResultIsNotMeasured() {
        assertThatThrownBy(() -> run(printing("program fib", "rep 1 result 00000000"), 1))
                .isInstanceOf(EmulatorException.class)
                .hasMessageContaining("wrong result")
                .hasMessageContaining(RESULT);
    }

    @Test
    void exceptionOfTheGuestIsReported() {
        assertThatThrownBy(() -> run(printing("program fib", "exception: cause 00000008"), 1))
                .hasMessageContaining("the guest program failed");
    }

    @Test
    void missingEmulatorIsNamedAsMissing() {
        assertThatThrownBy(() -> run(Emulator.parse("none=no-such-emulator {image}"), 1))
                .hasMessageContaining("not installed")
                .hasMessageContaining("no-such-emulator");
    }

    @Test
    void endOfTheProcessIsReportedWithWhatItPrinted() {
        assertThatThrownBy(() -> run(Emulator.parse("bad=sh -c 'echo cannot; exit 3' {image}"), 1))
                .hasMessageContaining("ended with status 3")
                .hasMessageContaining("cannot");
    }

    @Test
    void silentProcessIsEnded() {
        assertThatThrownBy(
                () -> EmulatorRun.of(Emulator.parse("idle=sleep 60; : {image}"), PROGRAM, 1, 1, Duration.ofMillis(200)))
                .hasMessageContaining("0 repetitions within")
                .hasMessageContaining("printed nothing");
    }

    @Test
    void commandWithoutAnImageIsRefused() {
        assertThatThrownBy(() -> Emulator.parse("x=emulator")).hasMessageContaining("{image}");
    }

    @Test
    void tableHasTheRatiosAndSkipsWhatFailed() {
        Emulator good = printing("program fib", "rep 1 result " + RESULT, "rep 2 result " + RESULT);
        Emulator missing = Emulator.parse("missing=no-such-emulator {image}");
        Comparison comparison = new Comparison(good, List.of(missing), 2, LIMIT);
        comparison.round(PROGRAM);
        assertThat(Table.of(comparison, List.of(PROGRAM), List.of(5_000_000L)))
                .contains("ours/missing", "fib", "5.00", "skipped");
        assertThat(comparison.failures()).singleElement().asString().startsWith("missing: fib: not installed");
    }

    @Test
    void usageErrorsNameWhatIsPossible() {
        StringWriter errors = new StringWriter();
        CommandLine command = CompareCommand.commandLine(Path.of("."));
        command.setErr(new PrintWriter(errors, true));
        assertThat(command.execute("-p", "nothing")).isEqualTo(2);
        assertThat(command.execute("--peers", "nobody")).isNotZero();
        assertThat(command.execute("--ours", "magic")).isEqualTo(2);
        assertThat(errors.toString()).contains("no program 'nothing'; there are [mix, ",
                "--ours is jit or interpreter");
    }
}
