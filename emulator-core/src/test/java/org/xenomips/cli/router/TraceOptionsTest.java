package org.xenomips.cli.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.ConfigurationException;

class TraceOptionsTest {
    private static RouterCommand parse(String... args) {
        return RouterCommand.parse(List.of(args));
    }

    @Test
    void traceWithoutFileDoesNotTakeTheImageForOne() {
        RouterCommand options = parse("--trace-jit", "image.bin", "--jit-stats");
        assertThat(options.traceJit).isEmpty();
        assertThat(options.images).containsExactly(Path.of("image.bin"));
        assertThat(options.jitStats).isTrue();
    }

    @Test
    void traceFileFollowsAnEqualsSign() {
        RouterCommand options = parse("--trace-jit=units.txt", "image.bin");
        assertThat(options.traceJit).isEqualTo("units.txt");
        assertThat(options.images).containsExactly(Path.of("image.bin"));
        assertThat(parse("image.bin").traceJit).isNull();
    }

    @Test
    void traceFileHoldsEachLineAtOnce(@TempDir Path directory) throws IOException, ConfigurationException {
        Path file = directory.resolve("trace.txt");
        try (TraceFile trace = new TraceFile(file)) {
            trace.accept("one");
            trace.accept("two");
            assertThat(file).hasContent("one\ntwo\n");
        }
        assertThatThrownBy(() -> new TraceFile(directory.resolve("none/trace.txt")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot write the trace");
        assertThat(Files.readString(file)).endsWith("two\n");
    }
}
