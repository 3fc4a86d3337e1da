package org.xenomips.jit;

import java.util.function.Consumer;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Passes what happens to units on to {@link FlightEvents} while the JDK's flight recorder runs. Without it no class of the recorder but
 * the one that is asked here is loaded, neither at start nor into the start-up cache. Machine thread.
 */
final class FlightRecording implements UnitObserver {
    private @Nullable UnitObserver events;

    private void tell(Consumer<UnitObserver> what) {
        if (FlightRecorder.isInitialized()) {
            UnitObserver known = events;
            if (known == null) {
                known = new FlightEvents();
                events = known;
            }
            what.accept(known);
        }
    }

    @Override
    public void asked(TranslatedUnit unit) {
        tell(observer -> observer.asked(unit));
    }

    @Override
    public void translated(TranslatedUnit unit) {
        tell(observer -> observer.translated(unit));
    }

    @Override
    public void installed(TranslatedUnit unit) {
        tell(observer -> observer.installed(unit));
    }

    @Override
    public void tooLarge(TranslatedUnit unit) {
        tell(observer -> observer.tooLarge(unit));
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        tell(observer -> observer.retired(unit, reason));
    }

    @Override
    public void hotExit(TranslatedUnit unit, int index, long target) {
        tell(observer -> observer.hotExit(unit, index, target));
    }
}
