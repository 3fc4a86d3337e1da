package org.xenomips.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The open router from power-on to its prompt on the boards it is for, in both widths, and how it ends and starts again. */
class RouterBootIT {
    private static final String PROMPT = "Router# ";

    @TempDir
    Path directory;

    /** An image kept in the tree. */
    private static String image(String name) {
        return Program.home()
                .resolve("devices/src/main/resources/org/xenomips/devices/platform")
                .resolve(name)
                .toString();
    }

    /** Boards with one PCI root and with two, every processor; cards on both sides of the midplane; one board in 64 bits. */
    @ParameterizedTest
    @CsvSource({ "npe-150, router.zip, R4700", "npe-200, router64.zip, R5000", "npe-225, router.zip, Nevada",
            "npe-300, router.zip, RM7000", "npe-400, router.zip, RM7000" })
    void bootsToThePromptAndPowersOff(String npe, String image, String processor) throws Exception {
        try (Program router = Program.start(directory, "-t", npe, "-r", "64", "-p", "1:PA-FE-TX", "-p", "6:PA-FE-TX",
                image(image))) {
            int at = router.await(PROMPT);
            router.type("grep -e 'system type' -e 'cpu model' /proc/cpuinfo; ls /sys/class/net; echo do''ne\r");
            router.await("done", at);
            assertThat(router.output().substring(at)).contains(npe.toUpperCase(Locale.ROOT), processor,
                    "fa0-0", "fa1-0", "fa6-0");
            router.type("poweroff\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
            assertThat(router.output()).contains("reboot: Power down", "Shutdown completed.");
        }
    }

    @Test
    void wholeBootIsTheSameTranslatedAndInterpreted() throws Exception {
        try (Program router = Program.start(directory, "--lockstep", "-p", "1:PA-FE-TX", image("router.zip"))) {
            router.await(PROMPT);
            router.type("poweroff -f\r");
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }

    @Test
    void rebootStartsAgainWithWhatWasStoredInTheNvram() throws Exception {
        try (Program router = Program.start(directory, "-c", "0x2102", image("router.zip"))) {
            int at = router.await(PROMPT);
            router.type("printf kept | dd of=/dev/nvram bs=1 seek=1033 2>/dev/null; reboot\r");
            at = router.await("ROMMON emulation microcode.", at);
            at = router.await(PROMPT, at);
            router.type("dd if=/dev/nvram bs=1 skip=1033 count=4 2>/dev/null; echo ; poweroff -f\r");
            router.await("kept", router.await("count=4", at));
            assertThat(router.exitStatus()).as(router.output()).isZero();
        }
    }
}
