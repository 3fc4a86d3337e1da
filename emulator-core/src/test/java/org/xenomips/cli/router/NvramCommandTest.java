package org.xenomips.cli.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.ConfigurationException;
import picocli.CommandLine;

/** What the NVRAM options refuse; there is no board here, so nothing is ever stored. */
class NvramCommandTest {
    @TempDir
    Path directory;

    private static void assertRefused(String message, Object... arguments) {
        RouterCommand options = new RouterCommand();
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        new CommandLine(options).parseArgs(texts);
        assertThat(NvramCommand.isWanted(options)).isTrue();
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(new NvramCommand(options)::run)
                .withMessageContaining(message);
    }

    @Test
    void contradictionsAreNamed() {
        assertRefused("exclude each other", "--nvram-export", "a", "--nvram-import", "b");
        assertRefused("start no router; leave out image.bin", "--nvram-export", "a", "image.bin");
        assertRefused("with -C or --private-config", "--nvram-import", "a");
    }

    @Test
    void filesThatAreNotThereAreNamed() throws Exception {
        Path nvram = directory.resolve("c7200_i0_nvram");
        assertRefused("'" + nvram + "' does not exist", "--nvram-export", nvram);
        assertRefused("-C: the configuration 'none' does not exist", "--nvram-import", nvram, "-C", "none");
        Path text = Files.writeString(directory.resolve("text"), "end\n");
        assertRefused("-n: 1 is out of range", "--nvram-import", nvram, "-C", text, "-n", "1");
        assertRefused("no boards", "--nvram-import", nvram, "-C", text);
        assertThat(directory).isDirectoryNotContaining("glob:**lock").isDirectoryNotContaining("glob:**nvram");
    }

    @Test
    void nvramOfARunningRouterIsLeftAlone() throws Exception {
        Path text = Files.writeString(directory.resolve("text"), "end\n");
        try (LockFile _ = LockFile.acquire(directory.resolve("c7200_i3_lock"), "c7200_i3_")) {
            assertRefused("already running with identifier c7200_i3_", "--nvram-import",
                    directory.resolve("c7200_i3_nvram"), "-C", text);
        }
    }
}
