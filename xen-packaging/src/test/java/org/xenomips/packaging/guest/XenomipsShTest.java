package org.xenomips.packaging.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xenomips.sh}: what it takes from the kernel's command line, when it refuses, and what it does when the router ends. */
@ParameterizedClass
@MethodSource("org.xenomips.packaging.guest.GuestScript#shells")
class XenomipsShTest {
    private final String shell;

    @TempDir
    Path world;

    XenomipsShTest(String shell) {
        this.shell = shell;
    }

    /** The script in a guest whose work disk is mounted, with a program that notes its arguments and ends with {@code status}. */
    private GuestScript guest(String cmdline, int status) throws IOException {
        GuestScript script = new GuestScript(shell, "xenomips.sh", world);
        Path work = Files.createDirectories(world.resolve("work"));
        script.with("XENOMIPS_WORK", work).with("XENOMIPS_CMDLINE", script.file("cmdline", cmdline + "\n"));
        script.with("XENOMIPS_MOUNTS", script.file("mounts",
                "/dev/root / ext4 ro,relatime 0 0\n/dev/xvda3 " + work + " ext4 rw,noatime 0 0\n"));
        script.file("defaults", "restart_pause=0\n");
        Path program = script.file("program",
                "#!/bin/sh\nprintf '%s\\n' \"$PWD\" \"$@\" END >>'" + world + "/ran'\nexit " + status + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.with("XENOMIPS_PROGRAM", program);
    }

    /** Where the program ran and its arguments; empty if it did not. */
    private List<String> ran() throws IOException {
        Path ran = world.resolve("ran");
        return Files.exists(ran) ? Files.readAllLines(ran) : List.of();
    }

    private void assertArguments(String... arguments) throws IOException {
        assertThat(ran()).startsWith(world.resolve("work").toString(), "--console-escape", "^_").endsWith("END");
        assertThat(ran().subList(3, ran().size() - 1)).containsExactly(arguments);
    }

    private void assertRefused(GuestScript script, String reason) throws Exception {
        assertThat(script.run()).isEqualTo(1);
        assertThat(script.output()).contains("THE ROUTER IS NOT STARTED", reason);
        assertThat(ran()).isEmpty();
    }

    /** Command lines and the words in them that become the program's arguments. */
    enum Line {
        WORDS_BETWEEN_THE_QUOTES("root=/dev/xvda1 ro console=hvc0 xenomips=\"/data/Cisco_IOS/a.bin -m"
                + " 00:16:3e:02:00:01  -p 1:PA-FE-TX\" quiet", "/data/Cisco_IOS/a.bin", "-m", "00:16:3e:02:00:01", "-p",
                "1:PA-FE-TX"), //
        PARAMETER_FIRST_AND_LAST("xenomips=\"only\"", "only"), //
        WORDS_THAT_ARE_NO_FILE_NAME_PATTERNS("xenomips=\"* -s 0:0:[a-z]* ?\"", "*", "-s", "0:0:[a-z]*", "?"), //
        QUOTED_GROUPS_OF_OTHER_PARAMETERS("other=\"a xenomips=b ro\" notxenomips=\"no\" xenomips=\"yes\" last=\"z\"",
                "yes"), //
        SHELL_CHARACTERS_WITHOUT_MEANING("xenomips=\"$HOME `id` $(id) ; & | > 'x' \\\"", "$HOME", "`id`", "$(id)", ";",
                "&", "|", ">", "'x'", "\\");

        private final String text;
        private final String[] arguments;

        Line(String text, String... arguments) {
            this.text = text;
            this.arguments = arguments;
        }
    }

    @ParameterizedTest
    @EnumSource
    void wordsBetweenTheQuotesAreTheProgramsArguments(Line line) throws Exception {
        GuestScript script = guest(line.text, 0);
        Files.createFile(world.resolve("work/x"));
        assertThat(script.run()).isZero();
        assertArguments(line.arguments);
    }

    @Test
    void missingCommandLineStartsNothing() throws Exception {
        GuestScript script = guest("", 0).with("XENOMIPS_CMDLINE", world.resolve("absent"));
        assertRefused(script, "is missing");
    }

    /** Command lines with a mistake, and what the script says of it. */
    enum Mistake {
        PARAMETER_IS_MISSING("root=/dev/xvda1 ro notxenomips=\"a\"", "xenomips=\"...\" is missing"), //
        PARAMETER_IS_EMPTY("ro xenomips=\"\" quiet", "is empty"), //
        PARAMETER_IS_BLANK("ro xenomips=\"  \t \" quiet", "is empty"), //
        LINE_WAS_CUT("ro xenomips=\"/data/a.bin -s 29:0:gen_e", "the line was cut"), //
        QUOTE_OF_ANOTHER_PARAMETER_IS_OPEN("xenomips=\"a\" other=\"b", "is not closed"), //
        QUOTES_ARE_MISSING("ro xenomips=/data/a.bin quiet", "must stand in double quotes"), //
        PARAMETER_IS_GIVEN_TWICE("xenomips=\"a\" xenomips=\"b\"", "more than once"), //
        TEXT_IS_GLUED_TO_THE_CLOSING_QUOTE("xenomips=\"a\"b\"c\" ro", "a space after the closing quote");

        private final String line;
        private final String reason;

        Mistake(String line, String reason) {
            this.line = line;
            this.reason = reason;
        }
    }

    @ParameterizedTest
    @EnumSource
    void lineWithAMistakeStartsNothing(Mistake mistake) throws Exception {
        assertRefused(guest(mistake.line, 0), mistake.reason);
    }

    @Test
    void routerIsNotStartedWithoutItsWorkDisk() throws Exception {
        GuestScript script = guest("xenomips=\"a\"", 0);
        script.file("mounts", "/dev/root / ext4 ro,relatime 0 0\n");
        assertRefused(script, "is not mounted");
    }

    @Test
    void routerIsNotStartedOnReadOnlyWorkDisk() throws Exception {
        GuestScript script = guest("xenomips=\"a\"", 0);
        script.file("mounts", "/dev/xvda3 " + world.resolve("work") + " ext4 ro,noatime 0 0\n");
        assertRefused(script, "is read-only");
    }

    @Test
    void escapeKeyOfTheCommandLineIsTheUsers() throws Exception {
        GuestScript script = guest("xenomips=\"a --console-escape ^P\"", 0);
        assertThat(script.run()).isZero();
        assertThat(ran()).containsExactly(world.resolve("work").toString(), "a", "--console-escape", "^P", "END");
    }

    @Test
    void failingRouterIsStartedThreeTimes() throws Exception {
        GuestScript script = guest("xenomips=\"a\"", 5);
        assertThat(script.run()).isEqualTo(1);
        assertThat(ran()).filteredOn("END"::equals).hasSize(3);
        assertThat(script.output()).contains("ended with status 5", "failed 3 times in a row");
    }

    /** What the settings say, how the router ends, and the exit status that tells the guest what to do. */
    @ParameterizedTest
    @CsvSource({ "on_end=poweroff, 0, 0", "on_end=reboot, 0, 3", "on_end=stay, 0, 1", "on_failure=poweroff, 7, 0",
            "on_failure=reboot, 7, 3", "on_failure=stay, 7, 1", "on_end=nonsense, 0, 1", "max_failures=1, 7, 1" })
    void settingsDecideWhatFollowsTheRoutersEnd(String setting, int status, int expected) throws Exception {
        GuestScript script = guest("xenomips=\"a\"", status);
        script.file("defaults", "restart_pause=0\n" + setting + "\n");
        assertThat(script.run()).isEqualTo(expected);
        assertThat(ran()).filteredOn("END"::equals).hasSize(1);
    }
}
