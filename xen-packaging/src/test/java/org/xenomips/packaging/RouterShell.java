package org.xenomips.packaging;

import java.io.IOException;

/** The shell of the open router at the console of a running program. */
final class RouterShell {
    private final Program router;
    private int commands;

    RouterShell(Program router) {
        this.router = router;
    }

    /** Waits for the first prompt of a guest that starts. */
    static RouterShell atPrompt(Program router) throws InterruptedException {
        router.await("# ", router.await("\nREADY"));
        return new RouterShell(router);
    }

    /**
     * Runs {@code command}; what it printed. It stands between two echoes whose output cannot be mistaken for the line as it was typed.
     */
    String command(String command) throws IOException, InterruptedException {
        commands++;
        int from = router.output().length();
        router.type("echo \"@\"\"%d<\"; %s; echo \"@\"\"%d>\"\r".formatted(commands, command, commands));
        int begin = router.await("@" + commands + "<", from);
        int end = router.await("@" + commands + ">", begin);
        return router.output().substring(begin, end - ("@" + commands + ">").length()).replace("\r", "").strip();
    }

    /** Repeats {@code command} until its output contains {@code wanted}. */
    String await(String command, String wanted, int seconds) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        while (true) {
            String output = command(command);
            if (output.contains(wanted)) {
                return output;
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("'" + command + "' does not print '" + wanted + "' within " + seconds
                        + " s, but\n" + output);
            }
            Thread.sleep(500);
        }
    }
}
