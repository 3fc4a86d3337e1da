package org.xenomips.devices.storage.nvram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.NvramTool;
import org.xenomips.machine.NvramTool.Configurations;

/** The command line's way to NVRAM files. */
class NvramFilesTest {
    @TempDir
    Path directory;

    private final NvramTool tool = ServiceLoader.load(NvramTool.class).findFirst().orElseThrow();

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void eachConfigurationCanBeReplacedAlone() throws Exception {
        Path nvram = directory.resolve("nvram");
        tool.importFile(nvram, 8 << 10, ascii("hostname a\n"), null);
        assertThat(nvram).hasSize(8 << 10);
        assertThat(tool.exportFile(nvram).privateConfig()).isEmpty();
        tool.importFile(nvram, 64 << 10, null, ascii("key\n"));
        tool.importFile(nvram, 64 << 10, ascii("hostname b, longer\n"), null);
        assertThat(nvram).as("an existing file keeps its size").hasSize(8 << 10);
        Configurations stored = tool.exportFile(nvram);
        assertThat(stored.startup()).isEqualTo(ascii("hostname b, longer\n"));
        assertThat(stored.privateConfig()).isEqualTo(ascii("key\n"));
    }

    @Test
    void fileThatIsNoNvramIsRefusedAndKept() throws Exception {
        Path file = Files.writeString(directory.resolve("text"), "no NVRAM");
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> tool.exportFile(file));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> tool.importFile(file, 8 << 10, ascii("end\n"), null));
        assertThat(file).hasContent("no NVRAM");
    }
}
