package org.xenomips.devices.guest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The open router's own programs do on this machine, under its compiler's sanitizers, what their tests expect. */
class RouterProgramsTest {
    private static final Path CHECK = Path.of("src/main/router/userland/check");
    /** Exit status of the script where nothing can be compiled. */
    private static final int NO_COMPILER = 77;

    @Test
    void configurationAndNvramProgramsPassTheirTests() throws IOException, InterruptedException {
        Process check = new ProcessBuilder("sh", CHECK.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = check.waitFor();
        assumeFalse(status == NO_COMPILER, "there is no C compiler: the router's programs are not tested here");
        assertThat(status).as("%s says: %s", CHECK, output).isZero();
    }
}
