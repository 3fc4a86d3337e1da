package org.xenomips.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StatusLineTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private String shown(boolean terminal) {
        StatusLine line = new StatusLine(new PrintStream(out, true, StandardCharsets.UTF_8), terminal);
        line.show(1, "R1 is booting");
        line.show(2, "R1 is booting");
        line.show(3, "R1 is up");
        line.print("done");
        line.print("over");
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void terminalHasOneLineThatChanges() {
        assertThat(shown(true)).isEqualTo("\r  1.0 s  R1 is booting\033[K\r  2.0 s  R1 is booting\033[K"
                + "\r  3.0 s  R1 is up\033[K\r\033[Kdone\nover\n");
    }

    @Test
    void fileHasALineForEachChange() {
        assertThat(shown(false)).isEqualTo("  1.0 s  R1 is booting\n  3.0 s  R1 is up\ndone\nover\n");
    }
}
