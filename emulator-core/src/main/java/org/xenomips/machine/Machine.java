package org.xenomips.machine;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.device.EventSource;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.exec.ExecutionEngine;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.Exit;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.time.GuestClock;
import org.xenomips.time.RealtimeClock;
import org.xenomips.time.TimerQueue;
import org.xenomips.time.VirtualClock;

/**
 * One router: processor, memory, time and the board, and the thread that runs them.
 *
 * <p>Threads: the machine thread owns all guest state. Other threads use {@link #execute}, {@link #requestStop},
 * {@link #requestReload}, {@link #suspend}, {@link #resume}, {@link #state}, {@link #awaitEnd} and the {@link #attention}; everything
 * else belongs to the machine thread, or to the creating thread before {@link #start}.
 */
public final class Machine implements AutoCloseable {
    /** Where a machine is in its life. */
    public enum State {
        CREATED, RUNNING, SUSPENDED, STOPPED
    }

    /** Why a machine stopped. */
    public enum StopReason {
        /** The guest stopped the machine: remote-control register, power off, boot ROM service. */
        GUEST,
        /** A user or a signal. */
        USER,
        /** An error of the emulator. */
        FAILURE
    }

    private final MachineConfig config;
    private final PhysicalMap memory = new PhysicalMap();
    private final TimerQueue timers = new TimerQueue();
    private final GuestClock clock;
    private final Cpu cpu;
    private final ExecutionEngine engine;
    private final Attention attention = new Attention();
    private final List<EventSource> sources = new ArrayList<>();
    private final List<GuestRam> rams = new ArrayList<>();
    private final Queue<Runnable> requests = new ConcurrentLinkedQueue<>();
    private final List<String> warnings = new ArrayList<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable Platform platform;
    private @Nullable Thread thread;
    private MachineLog log = (module, text) -> {};
    private Runnable reloader = () -> {};
    private boolean reloadWanted;
    private volatile State state = State.CREATED;
    private volatile @Nullable StopReason stopReason;
    private volatile @Nullable Throwable failure;

    /** Builds the configured machine; nothing runs yet. */
    public Machine(MachineConfig config, PlatformFactory factory, ExecutionEngineFactory engines)
            throws ConfigurationException {
        this.config = config;
        PlatformFactory.BoardProcessor processor = factory.processor(config);
        this.clock = config.clock == MachineConfig.Clock.VIRTUAL
                ? new VirtualClock(processor.hertz())
                : new RealtimeClock();
        this.cpu = new Cpu(processor.model(), processor.hertz(), memory, clock, timers);
        cpu.setIdlePc(config.idlePc);
        this.engine = engines.create(cpu, config.engineOptions);
        this.platform = factory.create(this, config);
    }

    public MachineConfig config() {
        return config;
    }

    public PhysicalMap memory() {
        return memory;
    }

    public TimerQueue timers() {
        return timers;
    }

    public GuestClock clock() {
        return clock;
    }

    public Cpu cpu() {
        return cpu;
    }

    /** What the execution engine keeps at present, one line per fact; on the machine thread between slices. */
    public String describeEngine() {
        return engine.describe();
    }

    /** Wakes the machine thread so that it polls the event sources. */
    public Attention attention() {
        return attention;
    }

    public Platform platform() {
        Platform p = platform;
        if (p == null) {
            throw new IllegalStateException("the board is not built yet");
        }
        return p;
    }

    public State state() {
        return state;
    }

    /** Why the machine stopped, or null while it has not. */
    public @Nullable StopReason stopReason() {
        return stopReason;
    }

    /** What went wrong, if the stop reason is {@link StopReason#FAILURE}. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Guest memory of {@code sizeBytes} that is part of snapshots and freed with the machine. */
    public GuestRam createRam(String name, long sizeBytes) {
        GuestRam ram = new GuestRam(name, sizeBytes);
        rams.add(ram);
        return ram;
    }

    /** All memory made by {@link #createRam}, in order of creation. */
    public List<GuestRam> rams() {
        return List.copyOf(rams);
    }

    /** {@code source} is polled on the machine thread whenever attention was signalled. */
    public void addEventSource(EventSource source) {
        sources.add(source);
    }

    public void removeEventSource(EventSource source) {
        sources.remove(source);
    }

    /** A message for the user that does not keep the machine from starting; repeated at the end of start-up. */
    public void warn(String message) {
        warnings.add(message);
    }

    /** The messages collected by {@link #warn}. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Where {@link #log} goes; the default drops the lines. */
    public void setLog(MachineLog sink) {
        log = sink;
    }

    /** Adds a line to the machine's log file. */
    public void log(String module, String text) {
        log.log(module, text);
    }

    /** What a reload does after the board was reset: load the image again. */
    public void setReloader(Runnable action) {
        reloader = action;
    }

    /** Runs {@code action} on the machine thread where the current slice ends. */
    public void execute(Runnable action) {
        requests.add(action);
        attention.signal();
    }

    /** Ends the machine where the current slice ends; the first reason given is kept. */
    public void requestStop(StopReason reason) {
        execute(() -> {
            if (stopReason == null) {
                stopReason = reason;
            }
            engine.stopSoon();
        });
        if (Thread.currentThread() == thread) {
            engine.stopSoon();
        }
    }

    /** Power-cycles the machine where the current slice ends: all devices are reset and the image is loaded again. */
    public void requestReload() {
        execute(() -> reloadWanted = true);
        if (Thread.currentThread() == thread) {
            engine.stopSoon();
        }
    }

    /** Stops the passing of guest time and the processor; idempotent. */
    public void suspend() {
        execute(() -> {
            if (state == State.RUNNING) {
                clock.suspend();
                state = State.SUSPENDED;
            }
        });
    }

    /** Continues after {@link #suspend}; idempotent. */
    public void resume() {
        execute(() -> {
            if (state == State.SUSPENDED) {
                clock.resume();
                state = State.RUNNING;
            }
        });
    }

    /** Starts the machine thread. */
    public void start() {
        Thread t = new Thread(null, this::runThread, "machine-" + config.name, 16L << 20);
        thread = t;
        state = State.RUNNING;
        t.start();
    }

    /** Waits until the machine has stopped. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }

    /**
     * Saves the whole machine to {@code file}; on the machine thread between slices, or when it has stopped.
     *
     * @throws IOException if the file cannot be written; an older file of that name is then untouched
     */
    public void save(Path file) throws IOException {
        boolean running = state == State.RUNNING;
        clock.suspend();
        try {
            platform().flush();
            SnapshotFile.write(file, this);
        } finally {
            if (running) {
                clock.resume();
            }
        }
    }

    /** Continues with the state saved in {@code file}; only before {@link #start}, on the hardware that was saved. */
    public void restore(Path file) throws SnapshotException {
        SnapshotFile.read(file, this);
    }

    /** Saves everything that is not memory; only between slices. */
    void save(SnapshotWriter out) {
        out.putLongs("clock", clock.state());
        out.section("cpu", cpu);
        out.section("board", platform());
    }

    /** Restores what {@link #save} saved; only before {@link #start}. */
    void restore(SnapshotReader in) throws SnapshotException {
        long[] clockState = new long[GuestClock.STATE_LENGTH];
        in.getLongs("clock", clockState);
        clock.restore(clockState);
        in.section("cpu", cpu);
        in.section("board", platform());
    }

    private void runThread() {
        attention.attach(Thread.currentThread());
        clock.resume();
        try {
            while (stopReason == null) {
                serveRequests();
                if (stopReason == null && state == State.SUSPENDED) {
                    attention.await(1_000_000_000L);
                } else if (stopReason == null) {
                    engine.run(this::nextSlice);
                }
            }
        } catch (Throwable e) {
            failure = e;
            stopReason = StopReason.FAILURE;
        } finally {
            clock.suspend();
            try {
                platform().flush();
            } finally {
                state = State.STOPPED;
                ended.countDown();
            }
        }
    }

    /** Does what others asked for, which may change anything; the engine is not running. */
    private void serveRequests() {
        boolean _ = attention.take();
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
        pollSources();
        if (reloadWanted) {
            reloadWanted = false;
            reload();
        }
    }

    private void pollSources() {
        boolean more = false;
        for (int i = 0; i < sources.size(); i++) {
            more |= sources.get(i).poll();
        }
        if (more) {
            attention.signal();
        }
    }

    /** Between two slices: sleeps if the guest is idle, handles what is due, and returns the budget up to the next deadline. */
    private long nextSlice(Exit exit) {
        if (exit == Exit.IDLE) {
            sleep();
        }
        // a request whose signal is taken here is seen here, and left to serveRequests
        if (attention.take() && requests.isEmpty()) {
            pollSources();
        }
        if (requests.isEmpty()) {
            timers.runDue(clock.nowNs());
        }
        return requests.isEmpty() ? clock.instructionsUntil(timers.nextDeadlineNs(), engine.sliceLength()) : 0;
    }

    /** The guest waits: so does the machine thread, unless there is something to do. */
    private void sleep() {
        if (!attention.isWanted()) {
            long sleep = clock.idleUntil(timers.nextDeadlineNs());
            if (sleep > 0) {
                attention.await(Math.min(sleep, 1_000_000_000L));
            }
        }
    }

    private void reload() {
        platform().flush();
        platform().reset();
        cpu.reset();
        reloader.run();
    }

    /** Frees everything; after {@link #awaitEnd}, or if the machine was never started. */
    @Override
    public void close() {
        Platform p = platform;
        if (p != null) {
            p.close();
        }
        engine.close();
        for (GuestRam ram : rams) {
            ram.close();
        }
    }
}
