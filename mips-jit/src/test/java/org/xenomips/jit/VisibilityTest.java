package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;

/** What users can see of the translator: statistics, the trace, and events of the flight recorder. */
class VisibilityTest {
    /** Counts 1000 times, polls a device often enough for a hot exit, then changes the first loop and does it all again. */
    private static final String PROGRAM = """
                    lui   $s0, 0xbe00
                    la    $s1, loop
                    move  $s3, $0
            again:  li    $t0, 1000
            loop:   addiu $t2, $t2, 1
                    addiu $t0, $t0, -1
                    bnez  $t0, loop
                    nop
                    li    $t0, 600
            poll:   lw    $t1, 0x10($s0)
                    addiu $t0, $t0, -1
                    bnez  $t0, poll
                    nop
                    bnez  $s3, end
                    lw    $t3, 0($s1)
                    addiu $t3, $t3, 1
                    sw    $t3, 0($s1)
                    b     again
                    li    $s3, 1
            end:    sw    $0, 0($s0)
            stop:   b     stop
                    nop
            """;

    private static String run(EngineOptions options) {
        var factory = new ExecutionEngineFactory() {
            @Override
            public String name() {
                return "jit";
            }

            @Override
            public int priority() {
                return 0;
            }

            @Override
            public ExecutionEngine create(Cpu cpu) {
                return Eager.FACTORY.create(cpu, options);
            }
        };
        try (GuestMachine machine = new GuestMachine(factory)) {
            machine.start(PROGRAM);
            assertThat(machine.run(100_000)).isTrue();
            assertThat(machine.cpu.registers()[10]).isEqualTo(3_000);
            return machine.describeEngine();
        }
    }

    @Test
    void statisticsTellUnitsFromInterpreterAndNameTheHottestExits() {
        String text = run(EngineOptions.NONE);
        assertThat(text).containsPattern("units retired: .*code changed 1")
                .containsPattern("executed: 12,\\d{3} instructions: \\d+,\\d{3} in units")
                .containsPattern("MEMORY +80010028  80010028  8e090010  lw t1, 16\\(s0\\)")
                .containsPattern("translated most often: .* \\(\\d times\\)");
    }

    @Test
    void everyInstructionIsCountedOnce() {
        try (GuestMachine machine = new GuestMachine(Eager.FACTORY)) {
            machine.start(PROGRAM);
            assertThat(machine.run(100_000, 700)).isTrue();
            assertThat(machine.describeEngine())
                    .contains("executed: %,d instructions".formatted(machine.cpu.retired()));
        }
    }

    @Test
    void traceTellsTheLifeOfUnits() {
        List<String> lines = new ArrayList<>();
        String _ = run(EngineOptions.NONE.withTrace(lines::add, false));
        assertThat(lines).anyMatch(line -> line.matches(".* asked +80010014: \\d+ instructions in \\d+ blocks"))
                .anyMatch(line -> line.matches(".* translated +80010014: \\d+ bytes of bytecode in .* ms"))
                .anyMatch(line -> line.matches(".* installed +80010014"))
                .anyMatch(line -> line.matches(".* hot exit +80010028: MEMORY at 80010028, 500 times"))
                .anyMatch(line -> line.matches(".* asked +80010028.*; interpreted: 80010028"))
                .anyMatch(line -> line.matches(".* retired +80010014: code changed"));
        assertThat(lines).noneMatch(line -> line.contains("iload"));
    }

    @Test
    void traceShowsCodeIfAsked() {
        List<String> lines = new ArrayList<>();
        String _ = run(EngineOptions.NONE.withTrace(lines::add, true));
        assertThat(lines).contains("80010014  254a0001  addiu t2, t2, 1")
                .anyMatch(line -> line.matches(" +iload t2; .*istore t2"))
                .contains("80010020  00000000  nop")
                .anyMatch(line -> line.matches(" +\\d+  MEMORY +at 80010028.*"));
    }

    @Test
    void flightRecorderSeesEvents(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("run.jfr");
        try (Recording recording = new Recording()) {
            for (String name : List.of("UnitTranslated", "UnitInstalled", "UnitRetired", "UnitTooLarge",
                    "ExitHotSpot")) {
                recording.enable("org.xenomips." + name).withoutThreshold();
            }
            recording.start();
            String _ = run(EngineOptions.NONE);
            recording.stop();
            recording.dump(file);
        }
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        RecordedEvent translated = find(events, "UnitTranslated", "entry", "80010014");
        assertThat(translated.getInt("instructions")).isEqualTo(3);
        assertThat(translated.getInt("bytecodes")).isGreaterThan(50);
        assertThat(translated.getLong("microseconds")).isPositive();
        assertThat(find(events, "UnitInstalled", "state", "ACTIVE").getString("entry")).isEqualTo("80010014");
        assertThat(find(events, "UnitRetired", "reason", "code changed").getString("entry")).isEqualTo("80010014");
        RecordedEvent hot = find(events, "ExitHotSpot", "kind", "MEMORY");
        assertThat(hot.getString("pc")).isEqualTo("80010028");
        assertThat(hot.getString("unit")).isEqualTo("80010028");
    }

    private static RecordedEvent find(List<RecordedEvent> events, String name, String field, String value) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("org.xenomips." + name))
                .filter(event -> value.equals(event.getValue(field)))
                .findFirst()
                .orElseThrow(
                        () -> new AssertionError("no %s with %s = %s in %s".formatted(name, field, value, events)));
    }
}
