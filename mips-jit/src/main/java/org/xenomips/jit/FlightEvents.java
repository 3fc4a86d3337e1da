package org.xenomips.jit;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.xenomips.jit.unit.Exits;

/**
 * What happens to units as events of the JDK's flight recorder. Use {@link FlightRecording}: this class brings the recorder with it.
 *
 * <p>Addresses are numbers of 32 bits in hexadecimal, as in traces. Machine thread.
 */
final class FlightEvents implements UnitObserver {
    private static final String CATEGORY = "Xenomips translator";

    /** Describes the work of the translator on one unit. */
    @Name("org.xenomips.UnitTranslated")
    @Label("Unit Translated")
    @Description("Guest code became JVM bytecode")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class UnitTranslated extends Event {
        @Label("Entry")
        String entry = "";
        @Label("Guest Instructions")
        int instructions;
        @Label("Bytecodes")
        @Description("Length of the code in bytes")
        int bytecodes;
        @Label("Microseconds")
        @Description("Time the translator needed")
        long microseconds;
    }

    /** Describes a unit that the guest runs from now on. */
    @Name("org.xenomips.UnitInstalled")
    @Label("Unit Installed")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class UnitInstalled extends Event {
        @Label("Entry")
        String entry = "";
        @Label("State")
        @Description("ACTIVE, or INACTIVE while other memory is mapped at its addresses")
        String state = "";
    }

    /** Describes a unit that is not used any more. */
    @Name("org.xenomips.UnitRetired")
    @Label("Unit Retired")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class UnitRetired extends Event {
        @Label("Entry")
        String entry = "";
        @Label("Reason")
        String reason = "";
    }

    /** Describes a unit that is cut because HotSpot would not compile it. */
    @Name("org.xenomips.UnitTooLarge")
    @Label("Unit Too Large")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class UnitTooLarge extends Event {
        @Label("Entry")
        String entry = "";
        @Label("Guest Instructions")
        int instructions;
        @Label("Bytecodes")
        int bytecodes;
    }

    /** Describes a side exit that was taken so often that the translator looks at it. */
    @Name("org.xenomips.ExitHotSpot")
    @Label("Exit Hot Spot")
    @Category(CATEGORY)
    @StackTrace(false)
    static final class ExitHotSpot extends Event {
        @Label("Kind")
        String kind = "";
        @Label("Address")
        @Description("Where the guest goes on")
        String pc = "";
        @Label("Unit")
        @Description("Entry of the unit that was left")
        String unit = "";
    }

    private static String entry(TranslatedUnit unit) {
        return address(unit.region.entry());
    }

    private static String address(long pc) {
        return "%08x".formatted((int) pc);
    }

    @Override
    public void asked(TranslatedUnit unit) {
        // the event of the translation says all there is
    }

    @Override
    public void translated(TranslatedUnit unit) {
        var event = new UnitTranslated();
        if (event.isEnabled()) {
            event.entry = entry(unit);
            event.instructions = unit.region.instructions();
            event.bytecodes = unit.bytecodes();
            event.microseconds = unit.translationNs / 1000;
            event.commit();
        }
    }

    @Override
    public void installed(TranslatedUnit unit) {
        var event = new UnitInstalled();
        if (event.isEnabled()) {
            event.entry = entry(unit);
            event.state = unit.state.name();
            event.commit();
        }
    }

    @Override
    public void tooLarge(TranslatedUnit unit) {
        var event = new UnitTooLarge();
        if (event.isEnabled()) {
            event.entry = entry(unit);
            event.instructions = unit.region.instructions();
            event.bytecodes = unit.bytecodes();
            event.commit();
        }
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        var event = new UnitRetired();
        if (event.isEnabled()) {
            event.entry = entry(unit);
            event.reason = reason;
            event.commit();
        }
    }

    @Override
    public void hotExit(TranslatedUnit unit, int index, long target) {
        Exits exits = unit.exits;
        if (exits != null) {
            var event = new ExitHotSpot();
            if (event.isEnabled()) {
                event.kind = exits.kind(index).name();
                event.pc = address(target);
                event.unit = entry(unit);
                event.commit();
            }
        }
    }
}
