package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The conformance probes: guest programs whose console output is compared with golden transcripts. They live beside the source tree
 * or where {@code -Dprobes=DIR} says.
 */
class ProbesIT {
    /** Controllers whose data paths do not exist yet. */
    private static final List<String> LATER = List.of("am79", "serial");

    /** In lockstep as much as possible is translated, even what is executed twice. */
    @ParameterizedTest
    @CsvSource({ "'','',3", "-j,'',3", "--lockstep,-Dxenomips.jit.threshold=1 -Dxenomips.jit.synchronous=true,6" })
    void allProbesAgreeWithTheirGoldenTranscripts(String option, String property, String timeScale)
            throws IOException, InterruptedException {
        Path probes = Path.of(System.getProperty("probes", Program.home().resolve("../shared/probes").toString()));
        assumeTrue(Files.isExecutable(probes.resolve("run-probes")),
                "the conformance probes are not at " + probes + "; give -Dprobes=DIR");
        List<String> command = new ArrayList<>(List.of(probes.resolve("run-probes").toString(), "--emulator",
                Program.home().resolve("xenomips") + " " + option + " {args} {image}", "--jobs", "2", "--time-scale",
                timeScale));
        command.addAll(names(probes));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("XENOMIPS_NO_BUILD", "1");
        builder.environment().put("XENOMIPS_JAVA_OPTIONS", property);
        Process process = builder.start();
        String report = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.println(report);
        assertThat(process.waitFor()).as(report).isZero();
        assertThat(report).contains(" 0 failed");
    }

    private static List<String> names(Path probes) throws IOException {
        return Files.readAllLines(probes.resolve("probes.ini"))
                .stream()
                .filter(line -> line.startsWith("["))
                .map(line -> line.substring(1, line.indexOf(']')))
                .filter(name -> !LATER.contains(name))
                .toList();
    }
}
