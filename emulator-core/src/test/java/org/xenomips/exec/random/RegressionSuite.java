package org.xenomips.exec.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xenomips.exec.random.EngineComparison.Difference;

/**
 * Programs on which engines once differed, from the resources {@code org/xenomips/exec/random/regressions}, whose file {@code list}
 * names them. A subclass names the engines.
 */
public abstract class RegressionSuite {
    private static final String DIRECTORY = "regressions/";

    /** The engines to compare. */
    protected abstract EngineComparison comparison();

    @ParameterizedTest
    @MethodSource("names")
    void programDoesTheSame(String name) throws IOException {
        GuestProgram program = GuestProgram.parse(read(name));
        assertThat(comparison().compare(program).map(Difference::what)).as(name).isEmpty();
    }

    static Stream<String> names() throws IOException {
        List<String> names = read("list").lines().filter(line -> !line.isBlank()).toList();
        return names.stream();
    }

    private static String read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(RegressionSuite.class.getResourceAsStream(DIRECTORY + name),
                name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
