package org.xenomips.cli.demo;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConsoleEnd;

/**
 * The consoles of several routers on one terminal, one of them in view. What the others print is kept (the last
 * {@value #MOST_BYTES} bytes) until they are.
 *
 * <p>Threads: two of its own, for keys and for the screen, so that a terminal that does not take output stops no router; the methods
 * any.
 */
final class SharedTerminal {
    private static final int MOST_BYTES = 1 << 16;
    private static final int CHUNK = 4096;

    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder notice = new StringBuilder();
    private int shown;
    private boolean open;
    private boolean writing;
    private long lastOutputNs;

    /** One router's console. */
    final class Line implements ConsoleEnd {
        private final String name;
        private final Dialogue dialogue;
        private final ByteArrayOutputStream unseen = new ByteArrayOutputStream();
        private volatile @Nullable Keyboard keyboard;

        private Line(String name) {
            this.name = name;
            this.dialogue = new Dialogue(name);
        }

        /** The conversation at this console; over when {@link SharedTerminal#open} is called. */
        Dialogue dialogue() {
            return dialogue;
        }

        @Override
        public void opened(Keyboard keys) {
            keyboard = keys;
            dialogue.speakThrough(keys);
        }

        @Override
        public void printed(byte[] text, int length) {
            if (!keep(this, text, length)) {
                dialogue.hear(text, length);
            }
        }
    }

    /** A console for the router {@code name}. */
    synchronized Line line(String name) {
        Line line = new Line(name);
        lines.add(line);
        return line;
    }

    private synchronized boolean keep(Line line, byte[] text, int length) {
        if (open) {
            if (line.unseen.size() + length > MOST_BYTES) {
                byte[] all = line.unseen.toByteArray();
                line.unseen.reset();
                line.unseen.writeBytes(Arrays.copyOfRange(all, all.length / 2, all.length));
            }
            line.unseen.write(text, 0, length);
            notifyAll();
        }
        return open;
    }

    /**
     * Gives the terminal to the routers, the first one in view.
     *
     * @param inputEnded run when no more keys can come
     */
    void open(InputStream keys, PrintStream screen, Runnable inputEnded) {
        synchronized (this) {
            open = true;
            lastOutputNs = System.nanoTime();
        }
        Thread.ofPlatform().daemon().name("screen").start(() -> write(screen));
        Thread.ofPlatform().daemon().name("keys").start(() -> {
            read(keys);
            inputEnded.run();
        });
        show(0);
    }

    private void read(InputStream keys) {
        byte[] buffer = new byte[CHUNK];
        try {
            for (int n = keys.read(buffer); n >= 0; n = keys.read(buffer)) {
                ConsoleEnd.Keyboard keyboard = inView().keyboard;
                if (keyboard != null) {
                    keyboard.press(buffer, n);
                }
            }
        } catch (IOException e) {
            // A terminal that is gone gives no more keys, which is what the caller is told.
        }
    }

    private void write(PrintStream screen) {
        try {
            while (true) {
                byte[] next = next();
                screen.write(next, 0, next.length);
                screen.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized byte[] next() throws InterruptedException {
        writing = false;
        notifyAll();
        while (notice.isEmpty() && inView().unseen.size() == 0) {
            wait();
        }
        writing = true;
        lastOutputNs = System.nanoTime();
        ByteArrayOutputStream next = new ByteArrayOutputStream();
        next.writeBytes(notice.toString().getBytes(StandardCharsets.UTF_8));
        notice.setLength(0);
        next.writeBytes(inView().unseen.toByteArray());
        inView().unseen.reset();
        return next.toByteArray();
    }

    private synchronized Line inView() {
        return lines.get(shown);
    }

    /** Brings router {@code number} into view, counted from 0. */
    void show(int number) {
        Line line;
        synchronized (this) {
            shown = number;
            line = inView();
            notice.append("\r\n[").append(line.name).append("]\r\n");
            notifyAll();
        }
        ConsoleEnd.Keyboard keyboard = line.keyboard;
        if (keyboard != null) {
            // Asks for a prompt.
            keyboard.type(new byte[]{ '\r' });
        }
    }

    /** Brings the next router into view. */
    void showNext() {
        int next;
        synchronized (this) {
            next = (shown + 1) % lines.size();
        }
        show(next);
    }

    /** Shows {@code text} between what the routers print. */
    synchronized void say(String text) {
        notice.append("\r\n[").append(text).append("]\r\n");
        notifyAll();
    }

    /** Waits until the router in view has printed nothing for {@code quietMs}, at most {@code mostMs}. */
    synchronized void awaitQuiet(long quietMs, long mostMs) throws InterruptedException {
        long end = System.nanoTime() + mostMs * 1_000_000;
        long now = System.nanoTime();
        while (now < end && now - lastOutputNs < quietMs * 1_000_000) {
            wait(Math.max(1, quietMs - (now - lastOutputNs) / 1_000_000));
            now = System.nanoTime();
        }
    }

    /** Waits until everything has been written that is to be seen, at most two seconds. */
    synchronized void flush() throws InterruptedException {
        long end = System.nanoTime() + 2_000_000_000L;
        while (open && System.nanoTime() < end && (writing || !notice.isEmpty() || inView().unseen.size() > 0)) {
            wait(100);
        }
    }
}
