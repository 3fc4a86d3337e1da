package org.xenomips.jit;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cpu;
import org.xenomips.exec.Slice;
import org.xenomips.jit.emit.UnitCode;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.CallSite;
import org.xenomips.jit.unit.ExceptionCalls;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.unit.Link;
import org.xenomips.jit.unit.UnitConstants;
import org.xenomips.jit.unit.UnitLoader;
import org.xenomips.jit.unit.UnitRuntime;

/**
 * Translates regions in the background, one after the other.
 *
 * <p>Threads: {@link #submit}, {@link #poll} and {@link #close} the machine thread; the rest this object's own.
 */
final class Translator implements AutoCloseable {
    /** Longest code HotSpot compiles is 8,000 bytes; above this a region is cut. */
    static final int LONGEST_CODE = 7_500;

    /** What generated code of one mode needs to know. */
    interface Tables {
        Cpu cpu();

        long[] registers();

        long[] read(int context);

        long[] write(int context);
    }

    /** Makes the code of a region. */
    @FunctionalInterface
    interface Emitter {
        /** {@code logged}: the unit reports what it does. */
        UnitCode emit(Region region, boolean logged);
    }

    /** Stands in the queue for a wish of {@link #collect}. */
    private static final TranslatedUnit COLLECT = new TranslatedUnit(
            new Region(0, 0, List.of(), Region.Hints.NONE, List.of(), 0, false), new Link(0, 0));

    private final Tables tables;
    private final Slice slice;
    private final UnitRuntime runtime;
    private final ExceptionCalls exceptions;
    private final Links links;
    private final Emitter emitter;
    private final boolean synchronous;
    private final boolean logged;
    private final LinkedBlockingQueue<TranslatedUnit> wanted = new LinkedBlockingQueue<>();
    private final ConcurrentLinkedQueue<TranslatedUnit> finished = new ConcurrentLinkedQueue<>();
    private @Nullable Thread thread;

    /** {@code logged}: units report what they do. */
    Translator(Tables tables, Slice slice, UnitRuntime runtime, Links links, Emitter emitter,
            boolean synchronous, boolean logged) {
        this.tables = tables;
        this.slice = slice;
        this.runtime = runtime;
        this.exceptions = new ExceptionCalls(tables.cpu(), slice, runtime);
        this.links = links;
        this.emitter = emitter;
        this.synchronous = synchronous;
        this.logged = logged;
    }

    /** Asks for code for {@code unit}; it comes back through {@link #poll}. */
    void submit(TranslatedUnit unit) {
        if (synchronous) {
            translate(unit);
            return;
        }
        if (thread == null) {
            thread = Thread.ofPlatform().name("translator").daemon().start(this::work);
        }
        wanted.add(unit);
    }

    /** The next unit whose code is ready, or which has none because it would be too long; null if there is none. */
    @Nullable
    TranslatedUnit poll() {
        return finished.poll();
    }

    /** Asks for a garbage collection when everything asked for before is translated: only that unloads classes. */
    void collect() {
        if (thread != null) {
            wanted.add(COLLECT);
        }
    }

    @SuppressWarnings("SystemGc") // nothing else collects: the emulator allocates next to nothing
    private void work() {
        try {
            for (;;) {
                TranslatedUnit next = wanted.take();
                if (next == COLLECT) {
                    System.gc();
                } else {
                    translateOrGiveUp(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A region that the translator cannot do because of a mistake in it is left to the interpreter; the router goes on. */
    private void translateOrGiveUp(TranslatedUnit unit) {
        try {
            translate(unit);
        } catch (RuntimeException | LinkageError e) {
            unit.failure = e;
            finished.add(unit);
        }
    }

    private void translate(TranslatedUnit unit) {
        long start = System.nanoTime();
        Region region = unit.region;
        UnitCode code = emitter.emit(region, false);
        unit.code = code;
        if (code.bytecodes() <= LONGEST_CODE) {
            if (logged) {
                code = emitter.emit(region, true);
                unit.code = code;
            }
            unit.exits = new Exits(runtime, slice, code.kinds(), code.targets(), code.unexecuted(),
                    code.accesses());
            unit.unit = UnitLoader.load(code.bytes(), constants(region, code, unit.exits));
        }
        unit.translationNs = System.nanoTime() - start;
        finished.add(unit);
    }

    private UnitConstants constants(Region region, UnitCode code, Exits exits) {
        int context = region.context();
        Link[] callees = code.links().stream().map(pc -> links.get(pc, context)).toArray(Link[]::new);
        CallSite[] sites = new CallSite[code.callSites()];
        for (int i = 0; i < sites.length; i++) {
            sites[i] = new CallSite(runtime, context);
        }
        return new UnitConstants(tables.cpu(), tables.registers(), tables.read(context), tables.write(context), slice,
                exits, runtime, exceptions,
                callees, sites);
    }

    /** Processor time of the translator's thread; negative if it has none. */
    long cpuTimeNs() {
        Thread working = thread;
        return working == null ? -1 : ManagementFactory.getThreadMXBean().getThreadCpuTime(working.threadId());
    }

    @Override
    public void close() {
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
