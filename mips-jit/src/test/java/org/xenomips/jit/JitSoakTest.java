package org.xenomips.jit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.Locale;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.exec.GuestMachine;
import org.xenomips.exec.random.SoakSuite;

/** Changing code, translated again and again: classes, metaspace, machine code and heap of what was retired are given back. */
class JitSoakTest extends SoakSuite {
    private static final long MEGABYTE = 1 << 20;
    private static final int ATTEMPTS = 20;

    private long classes;
    private long metaspace;
    private long heap;

    @Override
    protected ExecutionEngineFactory factory() {
        return Eager.PATIENT;
    }

    @Override
    protected void noteLevel(GuestMachine machine) {
        collect();
        classes = loadedClasses();
        metaspace = used("metaspace");
        heap = heap();
    }

    @Override
    protected void assertFlat(GuestMachine machine) {
        // classes are unloaded when a collection finds them dead, which may take several
        for (int i = 0; i < ATTEMPTS && !isFlat(); i++) {
            collect();
        }
        assertThat(isFlat())
                .as("classes %d then %d, metaspace %d then %d, heap %d then %d%n%s", classes, loadedClasses(),
                        metaspace, used("metaspace"), heap, heap(), machine.describeEngine())
                .isTrue();
    }

    private boolean isFlat() {
        return loadedClasses() <= classes + 200 && used("metaspace") <= metaspace + 4 * MEGABYTE
                && heap() <= heap + 8 * MEGABYTE;
    }

    @SuppressWarnings("SystemGc")
    private static void collect() {
        System.gc();
    }

    private static long loadedClasses() {
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    private static long heap() {
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static long used(String pool) {
        return ManagementFactory.getMemoryPoolMXBeans()
                .stream()
                .filter(bean -> bean.getName().toLowerCase(Locale.ROOT).equals(pool))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
