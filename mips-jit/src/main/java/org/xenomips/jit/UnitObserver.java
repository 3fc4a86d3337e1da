package org.xenomips.jit;

import java.util.List;

/** Is told what happens to units. Machine thread. */
interface UnitObserver {
    /** The translator was asked for {@code unit}. */
    void asked(TranslatedUnit unit);

    /** The translator is done with {@code unit}: it has code, which may be too long to be used. */
    void translated(TranslatedUnit unit);

    /** The unit replaces all others of its entry, or waits until its pages are mapped again; its state says which. */
    void installed(TranslatedUnit unit);

    /** The unit is not used because its code is too long; it is retired, too. */
    void tooLarge(TranslatedUnit unit);

    /** The unit is not used any more; its exits count no further. */
    void retired(TranslatedUnit unit, String reason);

    /** Exit {@code index} of the unit was taken so often, the last time to {@code target}, that something is done about it. */
    void hotExit(TranslatedUnit unit, int index, long target);

    /** One that tells several others. */
    static UnitObserver all(List<UnitObserver> observers) {
        List<UnitObserver> each = List.copyOf(observers);
        return new UnitObserver() {
            @Override
            public void asked(TranslatedUnit unit) {
                each.forEach(observer -> observer.asked(unit));
            }

            @Override
            public void translated(TranslatedUnit unit) {
                each.forEach(observer -> observer.translated(unit));
            }

            @Override
            public void installed(TranslatedUnit unit) {
                each.forEach(observer -> observer.installed(unit));
            }

            @Override
            public void tooLarge(TranslatedUnit unit) {
                each.forEach(observer -> observer.tooLarge(unit));
            }

            @Override
            public void retired(TranslatedUnit unit, String reason) {
                each.forEach(observer -> observer.retired(unit, reason));
            }

            @Override
            public void hotExit(TranslatedUnit unit, int index, long target) {
                each.forEach(observer -> observer.hotExit(unit, index, target));
            }
        };
    }
}
