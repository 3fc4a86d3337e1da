package org.xenomips.devices.console;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A console on two host descriptors: standard input and output, or a serial device. One thread waits for both and for the machine.
 *
 * <p>The end of input, or a descriptor that cannot be read, is not an error: the console goes on showing output. When the output's
 * reader is gone, output is dropped.
 *
 * <p>Threads: its own; {@link #outputWaiting}, {@link #answer} and {@link #close} from any.
 */
final class DescriptorConsole implements TerminalBackend {
    private static final int CHUNK = 4096;
    private static final long CLOSE_NS = 2_000_000_000L;
    private static final int IN = 0;
    private static final int WAKE = 1;
    private static final int OUT = 2;
    /** A descriptor that poll(2) skips. */
    private static final int NONE = -1;

    private final String description;
    private final int inFd;
    private final int outFd;
    private final int wakeFd;
    private final Runnable release;
    private final Queue<byte[]> answers = new ConcurrentLinkedQueue<>();
    private @Nullable InputFilter filter;
    private @Nullable Terminal terminal;
    private @Nullable Thread thread;
    private volatile long closeDeadline;
    private volatile boolean closing;
    private boolean inputEnded;
    private boolean outputEnded;

    /**
     * A console on {@code inFd} and {@code outFd}.
     *
     * @param release run once when the console has been closed
     */
    DescriptorConsole(String description, int inFd, int outFd, Runnable release) throws IOException {
        this.description = description;
        this.inFd = inFd;
        this.outFd = outFd;
        this.release = release;
        this.wakeFd = HostTty.eventfd();
    }

    /** Input goes through a filter; without this call every byte reaches the guest. Before {@link #start}. */
    void filterInput(Monitor monitor, int escape) {
        filter = new InputFilter(this::typed, key -> monitor.key(key, this::answer), escape);
    }

    private void typed(int character) {
        Terminal to = terminal;
        if (to != null) {
            to.typed(character);
        }
    }

    /** Shows {@code text} between the guest's output. */
    private void answer(String answer) {
        byte[] text = Monitor.lines(answer);
        for (int at = 0; at < text.length; at += CHUNK) {
            answers.add(Arrays.copyOfRange(text, at, Math.min(at + CHUNK, text.length)));
        }
        outputWaiting();
    }

    @Override
    public void start(Terminal owner) {
        terminal = owner;
        Thread t = Thread.ofPlatform().daemon().name("terminal-" + description).unstarted(() -> run(owner));
        thread = t;
        t.start();
    }

    @Override
    public void outputWaiting() {
        if (!closing) {
            HostTty.signal(wakeFd);
        }
    }

    @Override
    public String describe() {
        return description;
    }

    private void run(Terminal owner) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment fds = arena.allocate(3L * HostTty.POLLFD_BYTES, Long.BYTES);
            MemorySegment buffer = arena.allocate(CHUNK);
            byte[] pending = new byte[CHUNK];
            int at = 0;
            int end = 0;
            while (!closing || (at < end || hasMore(owner)) && !outputEnded && System.nanoTime() < closeDeadline) {
                if (at == end) {
                    at = 0;
                    end = next(owner, pending);
                }
                prepare(fds, at < end);
                HostTty.poll(fds, closing ? 50 : -1);
                if (happened(fds, IN)) {
                    readInput(owner, buffer);
                }
                if (happened(fds, WAKE)) {
                    HostTty.read(wakeFd, buffer.asSlice(0, Long.BYTES));
                }
                if (at < end && happened(fds, OUT)) {
                    at += writeOutput(buffer, pending, at, end);
                }
            }
        }
    }

    private boolean hasMore(Terminal owner) {
        return !answers.isEmpty() || owner.hasOutput();
    }

    private int next(Terminal owner, byte[] pending) {
        byte[] answer = answers.poll();
        if (answer != null) {
            System.arraycopy(answer, 0, pending, 0, answer.length);
            return answer.length;
        }
        return owner.takeOutput(pending);
    }

    private void prepare(MemorySegment fds, boolean output) {
        set(fds, IN, inputEnded || closing ? NONE : inFd, HostTty.POLLIN);
        set(fds, WAKE, wakeFd, HostTty.POLLIN);
        set(fds, OUT, output ? outFd : NONE, HostTty.POLLOUT);
    }

    private static void set(MemorySegment fds, int index, int fd, int events) {
        fds.set(ValueLayout.JAVA_INT, (long) index * HostTty.POLLFD_BYTES, fd);
        fds.set(ValueLayout.JAVA_INT, (long) index * HostTty.POLLFD_BYTES + 4, events);
    }

    private static boolean happened(MemorySegment fds, int index) {
        return fds.get(ValueLayout.JAVA_SHORT, (long) index * HostTty.POLLFD_BYTES + 6) != 0;
    }

    private void readInput(Terminal owner, MemorySegment buffer) {
        int count = HostTty.read(inFd, buffer);
        if (count <= 0) {
            inputEnded = count != -HostTty.EINTR && count != -HostTty.EAGAIN;
            return;
        }
        InputFilter through = filter;
        for (int i = 0; i < count; i++) {
            int character = buffer.get(ValueLayout.JAVA_BYTE, i) & 0xff;
            if (through == null) {
                owner.typed(character);
            } else {
                through.accept(character);
            }
        }
        owner.announceInput();
    }

    /** Writes what the host takes of {@code pending[at..end-1]}; all of it counts as written once nobody reads any more. */
    private int writeOutput(MemorySegment buffer, byte[] pending, int at, int end) {
        if (!outputEnded) {
            MemorySegment.copy(pending, at, buffer, ValueLayout.JAVA_BYTE, 0, end - at);
            int count = HostTty.write(outFd, buffer, end - at);
            if (count >= 0) {
                return count;
            }
            if (count == -HostTty.EINTR || count == -HostTty.EAGAIN) {
                return 0;
            }
            outputEnded = true;
        }
        return end - at;
    }

    @Override
    public synchronized void close() {
        Thread t = thread;
        if (closing || t == null) {
            return;
        }
        closeDeadline = System.nanoTime() + CLOSE_NS;
        closing = true;
        HostTty.signal(wakeFd);
        boolean interrupted = false;
        while (t.isAlive()) {
            try {
                t.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        HostTty.close(wakeFd);
        release.run();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
