package org.xenomips.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.xenomips.cpu.Cpu;
import org.xenomips.cpu.interpreter.InterpreterEngine;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;
import org.xenomips.exec.Slices;
import org.xenomips.isa.Assembler;
import org.xenomips.memory.GuestRam;

/** The machine thread: what runs between slices, what runs outside the engine, and what wakes it. */
@Timeout(30)
class MachineTest {
    private static final String BUSY = "loop: addiu $t0, $t0, 1\nb loop\nsw $t0, 0($sp)";
    private static final String IDLE = "loop: b loop\nnop";

    private @Nullable Machine current;
    private final Engine engine = new Engine();

    /** The interpreter, with a look at when it is inside {@link #run(Slices)}. */
    private static final class Engine implements ExecutionEngine, ExecutionEngineFactory {
        private @Nullable InterpreterEngine interpreter;
        private volatile boolean inside;
        private volatile int entries;

        @Override
        public String name() {
            return "test";
        }

        @Override
        public int priority() {
            return 0;
        }

        @Override
        public ExecutionEngine create(Cpu cpu) {
            interpreter = new InterpreterEngine(cpu);
            return this;
        }

        private InterpreterEngine interpreter() {
            InterpreterEngine i = interpreter;
            if (i == null) {
                throw new IllegalStateException("not made yet");
            }
            return i;
        }

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // written by the machine thread only
        public void run(Slices slices) {
            inside = true;
            entries++;
            ExecutionEngine.super.run(slices);
            inside = false;
        }

        @Override
        public Exit run(long budget) {
            return interpreter().run(budget);
        }

        @Override
        public void stopSoon() {
            interpreter().stopSoon();
        }

        @Override
        public void close() {
            interpreter().close();
        }
    }

    /** A board with {@code program} in RAM at the reset vector. */
    private static Platform board(Machine machine, String program) {
        GuestRam ram = machine.createRam("ram", 1 << 16);
        machine.memory().mapRam("low", 0, 1 << 16, ram, 0);
        machine.memory().mapRam("boot", 0x1fc0_0000L, 1 << 16, ram, 0);
        byte[] bytes = Assembler.assemble(program, 0xffff_ffff_bfc0_0000L).bytes();
        ram.write(0, bytes, 0, bytes.length);
        return new BareBoard();
    }

    private Machine machine(String program) throws ConfigurationException {
        var machine = new Machine(new MachineConfig(), new BareBoard.Factory((owner, config) -> board(owner, program)),
                engine);
        current = machine;
        return machine;
    }

    @AfterEach
    void end() throws InterruptedException {
        Machine machine = current;
        if (machine != null) {
            if (machine.state() != Machine.State.CREATED) {
                machine.requestStop(Machine.StopReason.USER);
                machine.awaitEnd();
            }
            machine.close();
            assertThat(machine.failure()).isNull();
        }
    }

    private static <T> T on(Machine machine, Supplier<T> action) throws Exception {
        var result = new CompletableFuture<T>();
        machine.execute(() -> result.complete(action.get()));
        return result.get(20, TimeUnit.SECONDS);
    }

    private static long retired(Machine machine) throws Exception {
        return on(machine, () -> machine.cpu().retired());
    }

    @Test
    void busyMachineStopsWhenAsked() throws Exception {
        Machine machine = machine(BUSY);
        machine.start();
        assertThat(retired(machine)).isNotNegative();
        machine.requestStop(Machine.StopReason.USER);
        machine.requestStop(Machine.StopReason.GUEST);
        machine.awaitEnd();
        assertThat(machine.stopReason()).isEqualTo(Machine.StopReason.USER);
        assertThat(machine.state()).isEqualTo(Machine.State.STOPPED);
    }

    @Test
    void suspendedMachineExecutesNothingAndGoesOn() throws Exception {
        Machine machine = machine(BUSY);
        machine.start();
        machine.suspend();
        long then = retired(machine);
        assertThat(retired(machine)).isEqualTo(then);
        assertThat(machine.state()).isEqualTo(Machine.State.SUSPENDED);
        machine.resume();
        long now = retired(machine);
        while (now == then) {
            now = retired(machine);
        }
        assertThat(machine.state()).isEqualTo(Machine.State.RUNNING);
    }

    @Test
    void suspendedMachineStopsWhenAsked() throws Exception {
        Machine machine = machine(BUSY);
        machine.start();
        machine.suspend();
        machine.requestStop(Machine.StopReason.USER);
        machine.awaitEnd();
        assertThat(machine.stopReason()).isEqualTo(Machine.StopReason.USER);
    }

    @Test
    void requestsRunOutsideTheEngineAndInOrder() throws Exception {
        Machine machine = machine(BUSY);
        machine.start();
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            machine.execute(() -> seen.add(number + " " + engine.inside));
        }
        assertThat(on(machine, () -> List.copyOf(seen))).containsExactly("0 false", "1 false", "2 false", "3 false",
                "4 false");
    }

    @Test
    void eventSourcesArePolledWithoutLeavingTheEngine() throws Exception {
        Machine machine = machine(BUSY);
        var polls = new AtomicInteger();
        machine.addEventSource(() -> {
            polls.incrementAndGet();
            return true;
        });
        machine.start();
        while (polls.get() < 50) {
            Thread.onSpinWait();
        }
        assertThat(engine.entries).isEqualTo(1);
    }

    @Test
    void requestOfAnEventSourceOrTimerEndsTheRun() throws Exception {
        Machine machine = machine(BUSY);
        machine.timers().timer("stop", () -> machine.requestStop(Machine.StopReason.GUEST)).arm(1_000_000);
        machine.start();
        machine.awaitEnd();
        assertThat(machine.stopReason()).isEqualTo(Machine.StopReason.GUEST);
    }

    @Test
    void sleepingMachineIsWokenByEveryRequest() throws Exception {
        Machine machine = machine(IDLE);
        machine.start();
        for (int i = 0; i < 300; i++) {
            long _ = retired(machine);
        }
        assertThat(retired(machine)).isNotNegative();
    }

    @Test
    void reloadStartsAtTheResetVectorAgain() throws Exception {
        Machine machine = machine("li $t1, 7\n" + BUSY);
        machine.setReloader(() -> machine.cpu().setGpr(10, engine.inside ? 1 : 2));
        machine.start();
        while (retired(machine) < 10) {
            Thread.onSpinWait();
        }
        machine.requestReload();
        assertThat(on(machine, () -> machine.cpu().gpr(10))).isIn(0L, 2L);
        while (on(machine, () -> machine.cpu().gpr(10)) == 0) {
            Thread.onSpinWait();
        }
        assertThat(on(machine, () -> machine.cpu().gpr(10))).isEqualTo(2);
    }
}
