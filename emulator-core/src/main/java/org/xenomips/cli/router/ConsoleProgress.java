package org.xenomips.cli.router;

import org.xenomips.image.Progress;

/** Shows work that takes more than a second, at most twice a second, on standard error. */
final class ConsoleProgress implements Progress {
    private static final long FIRST_NS = 1_000_000_000L;
    private static final long EVERY_NS = 500_000_000L;

    private final long started = System.nanoTime();
    private long last = started + FIRST_NS - EVERY_NS;

    @Override
    public void step(String what, long done, long total) {
        long now = System.nanoTime();
        if (now - last < EVERY_NS) {
            return;
        }
        last = now;
        if (total > 0) {
            System.err.printf("%s: %d MB of %d MB (%d %%)%n", what, done >> 20, total >> 20, 100 * done / total);
        } else {
            System.err.printf("%s: %d MB%n", what, done >> 20);
        }
    }
}
