package org.xenomips.bench.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as users start it. */
class LatencyIT {
    @ParameterizedTest
    @ValueSource(strings = { "jit", "interpreter" })
    void everyInterruptIsCountedAndNoneComesEarly(String engine) throws IOException, InterruptedException {
        List<String> lines = latency(0, "-r", "2", "--engines", engine);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo(Latencies.head());
        String[] row = lines.get(1).trim().split(" +");
        assertThat(row).hasSize(8).startsWith(engine, Integer.toString(2 * Latencies.INTERRUPTS));
        double shortest = Double.parseDouble(row[2]);
        double mean = Double.parseDouble(row[3]);
        double longest = Double.parseDouble(row[4]);
        assertThat(shortest).isPositive().isLessThanOrEqualTo(mean);
        assertThat(mean).isLessThanOrEqualTo(longest);
        assertThat(Long.parseLong(row[7]) > 0).isEqualTo(longest > 1000);
    }

    @Test
    void unknownEngineIsAUsageError() throws IOException, InterruptedException {
        assertThat(latency(2, "--engines", "magic").getFirst()).contains("no engine 'magic'")
                .contains("jit, interpreter");
    }

    private static List<String> latency(int status, String... arguments) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(Path.of("latency").toAbsolutePath().toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().put("XENOMIPS_NO_BUILD", "1");
        Process process = builder.redirectErrorStream(true).start();
        List<String> lines = process.inputReader(StandardCharsets.UTF_8).readAllLines();
        assertThat(process.waitFor()).as(String.join("\n", lines)).isEqualTo(status);
        return lines;
    }
}
