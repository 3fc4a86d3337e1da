package org.xenomips.devices.fpga;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RommonVariablesTest {
    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("rommon_vars");
    }

    @Test
    void newVariablesComeFirstAndReplacedOnesKeepTheirPlace() throws IOException {
        RommonVariables variables = new RommonVariables(file());
        assertThat(variables.set("A=1")).isTrue();
        assertThat(variables.set("B=2")).isTrue();
        assertThat(variables.set("A=3")).isTrue();
        assertThat(file()).hasContent("B=2\nA=3\n");
        assertThat(variables.entry(0)).isEqualTo("B=2");
        assertThat(variables.entry(1)).isEqualTo("A=3");
        assertThat(variables.entry(2)).isNull();
        assertThat(variables.entry(-1)).isNull();
    }

    @Test
    void fileIsReadBackInTheSameOrder() throws IOException {
        Files.writeString(file(), "PS1=rommon ! >\nnonsense\n=bad\nEMPTY=\nX=a=b\n");
        RommonVariables variables = new RommonVariables(file());
        assertThat(variables.get("PS1")).isEqualTo("rommon ! >");
        assertThat(variables.get("EMPTY")).isEmpty();
        assertThat(variables.get("X")).isEqualTo("a=b");
        assertThat(variables.entry(0)).isEqualTo("PS1=rommon ! >");
        assertThat(variables.entry(2)).isEqualTo("X=a=b");
        assertThat(variables.entry(3)).isNull();
    }

    @Test
    void stringsWithoutANameAreRefused() throws IOException {
        RommonVariables variables = new RommonVariables(file());
        assertThat(variables.set("novalue")).isFalse();
        assertThat(variables.set("=value")).isFalse();
        assertThat(variables.set("A=1\nB=2")).isFalse();
        assertThat(file()).doesNotExist();
    }

    @Test
    void unsetRemovesAndReportsWhatIsNotThere() throws IOException {
        RommonVariables variables = new RommonVariables(file());
        variables.set("A=1");
        variables.set("B=2");
        assertThat(variables.unset("A")).isTrue();
        assertThat(variables.unset("A")).isFalse();
        assertThat(file()).hasContent("B=2\n");
    }

    @Test
    void bytesAbove127SurviveTheFile() throws IOException {
        new RommonVariables(file()).set("A=\u00e9\u00ff");
        assertThat(new RommonVariables(file()).get("A")).isEqualTo("\u00e9\u00ff");
    }

    @Test
    void runawayGuestIsStoppedAtAThousandVariables() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            many.append('V').append(i).append("=x\n");
        }
        Files.writeString(file(), many);
        RommonVariables variables = new RommonVariables(file());
        assertThat(variables.set("ONE_MORE=x")).isFalse();
        assertThat(variables.set("V5=changed")).isTrue();
    }

    @Test
    void failureToSaveKeepsTheValueForThisRun() throws IOException {
        RommonVariables variables = new RommonVariables(directory.resolve("missing").resolve("rommon_vars"));
        assertThat(variables.set("A=1")).isTrue();
        assertThat(variables.get("A")).isEqualTo("1");
    }
}
