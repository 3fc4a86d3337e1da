package org.xenomips.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.GeneratedFile;

class MainTest {
    private final PrintStream realOut = System.out;
    private final PrintStream realErr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void captureOutput() {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void restoreOutput() {
        System.setOut(realOut);
        System.setErr(realErr);
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void clientsFindTheVersionInTheFirstLine() {
        assertThat(Main.execute("-P", "none")).isEqualTo(1);
        assertThat(out()).startsWith("Cisco Router Simulation Platform (version 0.2.24");
        assertThat(err()).contains("Invalid platform type 'none'");
    }

    @Test
    void helpNamesEveryVisibleOption() {
        assertThat(Main.execute("--help")).isZero();
        assertThat(out()).contains("-t=NPE", "--console-escape", "--idle-pc", "-s=SLOT:PORT:TYPE");
        assertThat(out()).doesNotContain("--exec-area");
    }

    @Test
    void usageErrorsSayWhatIsWrongAndGiveStatusOne() {
        assertThat(Main.execute("--no-such-option")).isEqualTo(1);
        assertThat(err()).contains("--no-such-option");
        err.reset();
        assertThat(Main.execute("-r")).isEqualTo(1);
        assertThat(err()).contains("-r");
    }

    @Test
    void manPageAndCompletionAreMadeFromTheOptions() throws IOException {
        assertThat(Main.execute("--man-page")).isZero();
        assertThat(out()).startsWith(".TH XENOMIPS 1").contains("\\fB\\-\\-console\\-escape\\fR", "EXIT STATUS");
        GeneratedFile.assertCurrent("docs/xenomips.1", out());
        out.reset();
        assertThat(Main.execute("--completion")).isZero();
        assertThat(out()).startsWith("#!").contains("--startup-config");
        GeneratedFile.assertCurrent("docs/xenomips.bash", out());
    }
}
