package org.xenomips.bench.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.xenomips.bench.GuestProgram;

/** What a router costs its host besides the guest's RAM, as users start it. */
class MemoryIT {
    private static final long LIMIT_KB = 96 << 10;
    private static final int DIVISOR = 25;
    /** Enough for everything that is hot to be compiled, which is when most memory is in use. */
    private static final int REPETITIONS = 2000;

    @Test
    void computingGuestWith256MegabytesNeverTakesMoreThan96Besides() throws EmulatorException {
        Emulator ours = Emulator.ours("ours", Path.of("..").toAbsolutePath().normalize(), "-r 256");
        try (EmulatorRun run = EmulatorRun.of(ours, GuestProgram.MIX, DIVISOR, REPETITIONS, Duration.ofMinutes(3))) {
            assertThat(run.peakKb()).as("KB resident at most, besides the guest's RAM").isLessThan(LIMIT_KB);
        }
    }
}
