package org.xenomips.bench.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.xenomips.bench.GuestProgram;

/** One process of an emulator that runs one guest program, in a directory of its own, and is ended when enough is known. */
final class EmulatorRun implements AutoCloseable {
    private static final int LINES_SHOWN = 5;
    private static final int NOT_FOUND = 127;

    private final Emulator emulator;
    private final GuestProgram program;
    private final int divisor;
    private final Path directory;
    private final Process process;
    private final Trace trace = new Trace();
    private final Deque<String> latest = new ArrayDeque<>();
    private int repetition;
    private volatile boolean expired;
    private Duration cpuAtFirstLine = Duration.ZERO;

    private EmulatorRun(Emulator emulator, GuestProgram program, int divisor) throws IOException {
        this.emulator = emulator;
        this.program = program;
        this.divisor = divisor;
        directory = Files.createTempDirectory("compare");
        try {
            Path image = directory.resolve(program + ".elf");
            Files.write(image, program.image(emulator.board(), divisor));
            ProcessBuilder builder = new ProcessBuilder(emulator.arguments(image)).directory(directory.toFile())
                    .redirectErrorStream(true);
            builder.environment().put("XENOMIPS_NO_BUILD", "1");
            process = builder.start();
        } catch (IOException e) {
            delete(directory);
            throw e;
        }
    }

    /**
     * Starts {@code emulator} with {@code program} and waits for {@code repetitions} of it. The process still runs afterwards.
     *
     * @param divisor repetitions do 1/{@code divisor} of their work
     * @throws EmulatorException if it does not come to that within {@code limit}
     */
    static EmulatorRun of(Emulator emulator, GuestProgram program, int divisor, int repetitions, Duration limit)
            throws EmulatorException {
        EmulatorRun run;
        try {
            run = new EmulatorRun(emulator, program, divisor);
        } catch (IOException e) {
            throw new EmulatorException("cannot be started: " + e.getMessage(), e);
        }
        try {
            run.read(repetitions, limit);
            return run;
        } catch (EmulatorException e) {
            run.close();
            throw e;
        }
    }

    private void read(int repetitions, Duration limit) throws EmulatorException {
        Thread guard = Thread.ofVirtual().start(() -> endAfter(limit));
        // Closed with the process: one that writes into a closed pipe would not go on.
        BufferedReader in = process.inputReader(StandardCharsets.ISO_8859_1);
        try {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                // When we were late and more has come, the CPU time of now belongs to a later line.
                take(line.strip(), !in.ready());
                if (trace.repetitions() >= repetitions) {
                    return;
                }
            }
            int status = process.waitFor();
            if (expired) {
                throw new EmulatorException(
                        "only " + repetition + " repetitions within " + limit.toSeconds() + " s" + shown());
            }
            throw new EmulatorException(status == NOT_FOUND
                    ? "not installed" + shown()
                    : "ended with status " + status + " after " + repetition + " repetitions" + shown());
        } catch (IOException e) {
            throw new EmulatorException("its output cannot be read: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmulatorException("interrupted", e);
        } finally {
            guard.interrupt();
        }
    }

    private void endAfter(Duration limit) {
        try {
            Thread.sleep(limit);
            expired = true;
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(String line, boolean inTime) throws EmulatorException {
        if (line.startsWith("rep ")) {
            repetition++;
            checkResult(line);
            if (inTime) {
                trace.add(repetition, ProcFs.threads(process.pid()));
            }
        } else if (line.equals("program " + program)) {
            trace.add(0, ProcFs.threads(process.pid()));
        } else if (line.startsWith("exception: ")) {
            throw new EmulatorException("the guest program failed: " + line);
        }
        if (isGuestLine(line) && cpuAtFirstLine.isZero()) {
            cpuAtFirstLine = process.info().totalCpuDuration().orElse(Duration.ZERO);
        }
        latest.add(line);
        if (latest.size() > LINES_SHOWN) {
            latest.remove();
        }
    }

    private boolean isGuestLine(String line) {
        return line.startsWith("ROMMON ") || line.equals("program " + program);
    }

    private void checkResult(String line) throws EmulatorException {
        String expected = "rep %d result %08x".formatted(repetition, program.result());
        if (divisor == 1 && !line.equals(expected)) {
            throw new EmulatorException("wrong result: '" + line + "' instead of '" + expected + "'");
        }
    }

    private String shown() {
        return latest.isEmpty() ? "; it printed nothing" : "; it printed " + List.copyOf(latest);
    }

    /** The CPU times so far. */
    Trace trace() {
        return trace;
    }

    /** The curve of the thread that emulates the processor. */
    Curve curve() throws EmulatorException {
        return trace.curve(emulator.threadPrefix());
    }

    /** CPU time of the whole process when the guest's first line came out. */
    Duration cpuAtFirstLine() {
        return cpuAtFirstLine;
    }

    /** The most memory that was resident so far besides the guest's RAM, of which what is resident now is taken away, in KB. */
    long peakKb() throws EmulatorException {
        try {
            return ProcFs.peakKbBesidesLargestMapping(process.pid());
        } catch (IOException e) {
            throw new EmulatorException("its memory cannot be inspected: " + e.getMessage(), e);
        }
    }

    /** Ends the process and removes its files. */
    @Override
    public void close() {
        try {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(directory);
    }

    private static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            System.err.println("compare: cannot remove " + directory + ": " + e.getMessage());
        }
    }
}
