package org.xenomips.packaging.xl;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The shells a control domain may have as {@code sh}; a script runs in each of them. */
enum Shell {
    /** Debian's. */
    DASH("dash"),
    /** That of small systems. */
    BUSYBOX("busybox", "ash"),
    /** That of other distributions, and what Xen's own scripts run in. */
    BASH("bash", "--posix");

    private final List<String> command;

    Shell(String... command) {
        this.command = List.of(command);
    }

    /** The words that run a script; skips the test where this shell is missing. */
    List<String> orSkip() {
        assumeTrue(isThere(command.getFirst()), () -> command.getFirst() + " is not installed");
        return command;
    }

    /** Whether a program of this name is on the path. */
    static boolean isThere(String program) {
        for (String directory : (System.getenv("PATH") + ":/usr/sbin:/sbin").split(":")) {
            if (Files.isExecutable(Path.of(directory, program))) {
                return true;
            }
        }
        return false;
    }
}
