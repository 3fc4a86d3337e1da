package org.xenomips.exec.random;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.isa.AssemblyException;

/**
 * Runs a program on two engines under the virtual clock and compares everything at checkpoints and at the end. A program that turns
 * out to idle in a loop is not compared from there on: when an engine finds that out, and so how much time it skips, is its own affair.
 */
public final class EngineComparison {
    /** Instructions after which a program that does not stop is compared and abandoned. */
    public static final long LIMIT = 1_500_000;

    private static final long[] INTERVALS = { 200_000, 20_000, 2_000, 200 };

    private final Side left;
    private final Side right;

    /** Compares {@code left} with {@code right}. */
    public EngineComparison(Side left, Side right) {
        this.left = left;
        this.right = right;
    }

    /**
     * An engine and how it is used.
     *
     * @param slice longest slice in instructions
     */
    public record Side(ExecutionEngineFactory factory, long slice) {
        @Override
        public String toString() {
            return factory.name() + " in slices of " + slice;
        }
    }

    /**
     * The first checkpoint at which the engines differ.
     *
     * @param after    instructions executed at the checkpoint, at least
     * @param interval instructions between checkpoints
     * @param what     what differs, left then right, and the processors' state
     */
    public record Difference(long after, long interval, String what) {
    }

    /** What {@code program} does differently on the two sides, as early as can be seen; empty if nothing. */
    public Optional<Difference> compare(GuestProgram program) {
        Optional<Difference> found = compare(program, LIMIT, INTERVALS[0]);
        for (int i = 1; i < INTERVALS.length && found.isPresent(); i++) {
            // other slices may hide the difference
            Optional<Difference> earlier = compare(program, found.get().after(), INTERVALS[i]);
            if (earlier.isEmpty()) {
                break;
            }
            found = earlier;
        }
        return found;
    }

    /** True if there is a difference by checkpoints like those of {@code known}; false also for a program that is no program. */
    public boolean differs(GuestProgram program, Difference known) {
        try {
            return compare(program, 2 * known.after(), known.interval()).isPresent();
        } catch (AssemblyException e) {
            return false;
        }
    }

    private Optional<Difference> compare(GuestProgram program, long limit, long interval) {
        try (var a = new Run(left, program); var b = new Run(right, program)) {
            for (long checkpoint = Math.min(interval, limit);; checkpoint = Math.min(checkpoint + interval, limit)) {
                a.advance(checkpoint);
                b.advance(checkpoint);
                if (a.machine.idleLoops() + b.machine.idleLoops() != 0) {
                    return Optional.empty();
                }
                boolean last = a.ended || b.ended || checkpoint == limit;
                String what = a.differences(b, last);
                if (!what.isEmpty()) {
                    return Optional
                            .of(new Difference(checkpoint, interval,
                                    "%s; %s%n%s%s%n%s%n%s%n%s".formatted(left, right, what,
                                            left, a.dump(), right, b.dump())));
                }
                if (last) {
                    return Optional.empty();
                }
            }
        }
    }

    /** One side's machine. */
    private static final class Run implements AutoCloseable {
        private final Side side;
        private final GuestMachine machine;
        private boolean ended;
        private @Nullable Throwable failure;

        Run(Side side, GuestProgram program) {
            this.side = side;
            this.machine = GuestRuntime.machine(side.factory(), program);
        }

        /** Runs until {@code total} instructions are executed, the program stops, or it waits for nothing. */
        void advance(long total) {
            if (machine.cpu.retired() >= total || ended) {
                return;
            }
            try {
                boolean stopped = machine.run(total - machine.cpu.retired(), side.slice());
                ended = stopped || machine.cpu.retired() < total;
                takePending();
            } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
                // an engine that breaks down is one that differs
                failure = e;
                ended = true;
            }
        }

        /** An engine may leave it to the next slice to take what is pending where a slice ends; the guest cannot tell. */
        private void takePending() {
            if (!machine.cpu.isWaiting() && machine.cpu.isInterruptPending()) {
                machine.cpu.enterInterrupt();
            }
        }

        String differences(Run other, boolean all) {
            if (failure != null || other.failure != null) {
                return text(failure) + text(other.failure);
            }
            return (ended == other.ended ? "" : "ended: %s, %s%n".formatted(ended, other.ended))
                    + MachineState.of(machine, all).differences(MachineState.of(other.machine, all));
        }

        private String text(@Nullable Throwable thrown) {
            if (thrown == null) {
                return "";
            }
            StackTraceElement[] trace = thrown.getStackTrace();
            var text = new StringBuilder(thrown.toString()).append('\n');
            for (int i = 0; i < Math.min(trace.length, 12); i++) {
                text.append("    at ").append(trace[i]).append('\n');
            }
            return text.toString();
        }

        String dump() {
            var text = new StringBuilder();
            try {
                machine.cpu.dump(text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return text.toString();
        }

        @Override
        public void close() {
            machine.close();
        }
    }
}
