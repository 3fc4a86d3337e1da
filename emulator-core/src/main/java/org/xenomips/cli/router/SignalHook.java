package org.xenomips.cli.router;

/**
 * Makes SIGTERM and Ctrl-C an orderly end: the JVM's shutdown hook asks for it, and the main thread comes to it as if it had been
 * asked otherwise.
 *
 * <p>Threads: the main one; the request runs in the hook's.
 */
public final class SignalHook {
    /** How long the main thread has for its end before the JVM goes down regardless, in milliseconds. */
    private static final long PATIENCE_MS = 10_000;

    /** Asks the main thread to end; may wait. */
    public interface Request {
        void run() throws InterruptedException;
    }

    private final Thread thread;

    private SignalHook(Request request) {
        thread = new Thread(() -> {
            try {
                request.run();
                Thread.sleep(PATIENCE_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }, "signal");
    }

    public static SignalHook install(Request request) {
        SignalHook hook = new SignalHook(request);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /**
     * Removes the hook. True when a signal has come before: the hook is waiting then, and the main thread must end the JVM by
     * {@link Runtime#halt}, which makes it a normal end.
     */
    public boolean remove() {
        try {
            return !Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
