package org.xenomips.packaging.guest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code xenomips.sh}: what it takes from the kernel's command line, when it refuses, and what it does when the router ends. */
class XenomipsShTest {
    private static final String SHELLS = "org.xenomips.packaging.guest.GuestScript#shells";

    @TempDir
    Path world;

    /** The script in a guest whose work disk is mounted, with a program that notes its arguments and ends with {@code status}. */
    private GuestScript guest(String shell, String cmdline, int status) throws IOException {
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

    @ParameterizedTest
    @MethodSource(SHELLS)
    void wordsBetweenTheQuotesAreTheProgramsArguments(String shell) throws Exception {
        GuestScript script = guest(shell, "root=/dev/xvda1 ro console=hvc0 xenomips=\"/data/Cisco_IOS/a.bin -m"
                + " 00:16:3e:02:00:01  -p 1:PA-FE-TX\" quiet", 0);
        assertThat(script.run()).isZero();
        assertArguments("/data/Cisco_IOS/a.bin", "-m", "00:16:3e:02:00:01", "-p", "1:PA-FE-TX");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void parameterMayStandFirstAndLast(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"only\"", 0);
        assertThat(script.run()).isZero();
        assertArguments("only");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void wordsAreNoFileNamePatterns(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"* -s 0:0:[a-z]* ?\"", 0);
        Files.createFile(world.resolve("work/x"));
        assertThat(script.run()).isZero();
        assertArguments("*", "-s", "0:0:[a-z]*", "?");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void quotedGroupsOfOtherParametersAreSkipped(String shell) throws Exception {
        GuestScript script = guest(shell, "other=\"a xenomips=b ro\" notxenomips=\"no\" xenomips=\"yes\" last=\"z\"",
                0);
        assertThat(script.run()).isZero();
        assertArguments("yes");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void shellCharactersHaveNoMeaning(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"$HOME `id` $(id) ; & | > 'x' \\\"", 0);
        assertThat(script.run()).isZero();
        assertArguments("$HOME", "`id`", "$(id)", ";", "&", "|", ">", "'x'", "\\");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void missingParameterStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "root=/dev/xvda1 ro notxenomips=\"a\"", 0), "xenomips=\"...\" is missing");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void missingCommandLineStartsNothing(String shell) throws Exception {
        GuestScript script = guest(shell, "", 0).with("XENOMIPS_CMDLINE", world.resolve("absent"));
        assertRefused(script, "is missing");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void emptyParameterStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "ro xenomips=\"\" quiet", 0), "is empty");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void blankParameterStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "ro xenomips=\"  \t \" quiet", 0), "is empty");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void cutLineStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "ro xenomips=\"/data/a.bin -s 29:0:gen_e", 0), "the line was cut");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void unclosedQuoteOfAnotherParameterStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "xenomips=\"a\" other=\"b", 0), "is not closed");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void parameterWithoutQuotesStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "ro xenomips=/data/a.bin quiet", 0), "must stand in double quotes");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void parameterGivenTwiceStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "xenomips=\"a\" xenomips=\"b\"", 0), "more than once");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void textGluedToTheClosingQuoteStartsNothing(String shell) throws Exception {
        assertRefused(guest(shell, "xenomips=\"a\"b\"c\" ro", 0), "a space after the closing quote");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void routerIsNotStartedWithoutItsWorkDisk(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"a\"", 0);
        script.file("mounts", "/dev/root / ext4 ro,relatime 0 0\n");
        assertRefused(script, "is not mounted");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void routerIsNotStartedOnReadOnlyWorkDisk(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"a\"", 0);
        script.file("mounts", "/dev/xvda3 " + world.resolve("work") + " ext4 ro,noatime 0 0\n");
        assertRefused(script, "is read-only");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void escapeKeyOfTheCommandLineIsTheUsers(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"a --console-escape ^P\"", 0);
        assertThat(script.run()).isZero();
        assertThat(ran()).containsExactly(world.resolve("work").toString(), "a", "--console-escape", "^P", "END");
    }

    @ParameterizedTest
    @MethodSource(SHELLS)
    void failingRouterIsStartedThreeTimes(String shell) throws Exception {
        GuestScript script = guest(shell, "xenomips=\"a\"", 5);
        assertThat(script.run()).isEqualTo(1);
        assertThat(ran()).filteredOn("END"::equals).hasSize(3);
        assertThat(script.output()).contains("ended with status 5", "failed 3 times in a row");
    }

    /** What the settings say, how the router ends, and the exit status that tells the guest what to do. */
    @ParameterizedTest
    @CsvSource({ "on_end=poweroff, 0, 0", "on_end=reboot, 0, 3", "on_end=stay, 0, 1", "on_failure=poweroff, 7, 0",
            "on_failure=reboot, 7, 3", "on_failure=stay, 7, 1", "on_end=nonsense, 0, 1", "max_failures=1, 7, 1" })
    void settingsDecideWhatFollowsTheRoutersEnd(String setting, int status, int expected) throws Exception {
        GuestScript script = guest("dash", "xenomips=\"a\"", status);
        script.file("defaults", "restart_pause=0\n" + setting + "\n");
        assertThat(script.run()).isEqualTo(expected);
        assertThat(ran()).filteredOn("END"::equals).hasSize(1);
    }
}
