package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Lines a test has found out, compared with the transcript of a conformance probe: {@code {hex}} there accepts any hexadecimal
 * digits, lines that begin with {@code %} are remarks.
 */
final class Transcript {
    private final StringBuilder text = new StringBuilder();

    /** Adds formatted text, with {@code \n} where a line ends. */
    @SuppressWarnings("AnnotateFormatMethod")
    void print(String format, Object... arguments) {
        text.append(format.formatted(arguments));
    }

    /** Compares everything printed with the transcript {@code name}, without its first and last line. */
    void assertMatches(String name) {
        List<String> expected = lines(name);
        List<String> found = text.toString().lines().toList();
        for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
            assertThat(found.get(i)).as(name + ", line " + (i + 1)).matches(pattern(expected.get(i)));
        }
        assertThat(found).as(name).hasSameSizeAs(expected);
    }

    private static List<String> lines(String name) {
        try (InputStream in = Transcript.class.getResourceAsStream(name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no transcript " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
                    .filter(line -> !line.startsWith("%") && !line.startsWith("PROBE ") && !line.startsWith("DONE "))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pattern(String line) {
        return "\\Q" + line.replace("{hex}", "\\E[0-9a-f]+\\Q") + "\\E";
    }
}
