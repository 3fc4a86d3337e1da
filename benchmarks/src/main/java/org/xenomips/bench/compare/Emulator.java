package org.xenomips.bench.compare;

import java.nio.file.Path;
import java.util.List;
import org.xenomips.bench.GuestProgram.Board;

/**
 * How to start an emulator.
 *
 * @param name the name in tables
 * @param board which build of the programs it runs
 * @param threadPrefix how the name of the thread begins that emulates the processor; empty = the busiest thread
 * @param command a command of the shell; {@code {image}} stands for the program's file
 */
record Emulator(String name, Board board, String threadPrefix, String command) {
    private static final String IMAGE = "{image}";

    /** This emulator as a user starts it from the source tree {@code home}; {@code options} are added. */
    static Emulator ours(String name, Path home, String options) {
        return new Emulator(name, Board.C7200, "machine-",
                quote(home.resolve("xenomips")) + " " + options + " " + IMAGE);
    }

    /** QEMU's Malta board with a processor that QEMU calls {@code cpu}. */
    static Emulator qemu(String cpu) {
        return new Emulator("qemu", Board.MALTA, "", "qemu-system-mips64 -M malta -cpu " + cpu
                + " -m 64 -display none -monitor none -nic none -serial stdio -kernel " + IMAGE);
    }

    /** A 7200 emulator from the command line: {@code NAME=COMMAND}. */
    static Emulator parse(String text) {
        int equals = text.indexOf('=');
        if (equals <= 0 || !text.contains(IMAGE)) {
            throw new IllegalArgumentException("'" + text + "' is not NAME=COMMAND with " + IMAGE + " in the command");
        }
        return new Emulator(text.substring(0, equals), Board.C7200, "", text.substring(equals + 1));
    }

    /** The process to start for the program in {@code image}; the shell gives way to the emulator. */
    List<String> arguments(Path image) {
        return List.of("/bin/sh", "-c", "exec " + command.replace(IMAGE, quote(image)));
    }

    private static String quote(Path path) {
        return "'" + path.toString().replace("'", "'\\''") + "'";
    }
}
