package org.xenomips.jit;

import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits;
import org.xenomips.jit.view.UnitView;

/**
 * What happens to units, as one line each: the number of instructions the guest has executed, what happens, the unit's entry, and
 * details. Machine thread.
 */
final class UnitTrace implements UnitObserver {
    private final Consumer<String> lines;
    private final boolean withCode;
    private final LongSupplier time;

    /**
     * A trace to {@code lines}.
     *
     * @param withCode translated units are shown instruction by instruction
     * @param time how many instructions were executed
     */
    UnitTrace(Consumer<String> lines, boolean withCode, LongSupplier time) {
        this.lines = lines;
        this.withCode = withCode;
        this.time = time;
    }

    private void line(TranslatedUnit unit, String what, String details) {
        lines.accept(String.format(Locale.ROOT, "%,15d %-10s %08x%s", time.getAsLong(), what,
                (int) unit.region.entry(), details));
    }

    @Override
    public void asked(TranslatedUnit unit) {
        Region region = unit.region;
        line(unit, "asked", String.format(Locale.ROOT, ": %d instructions in %d blocks%s%s", region.instructions(),
                region.blocks().size(), region.cut() ? ", cut" : "", UnitView.hints(region.hints())));
    }

    @Override
    public void translated(TranslatedUnit unit) {
        line(unit, "translated", String.format(Locale.ROOT, ": %,d bytes of bytecode in %.1f ms", unit.bytecodes(),
                unit.translationNs / 1e6));
        if (withCode && unit.code != null) {
            UnitView.of(unit.code).lines().forEach(lines);
        }
    }

    @Override
    public void installed(TranslatedUnit unit) {
        line(unit, "installed",
                unit.state == TranslatedUnit.State.INACTIVE ? ": set aside, other memory is there" : "");
    }

    @Override
    public void tooLarge(TranslatedUnit unit) {
        line(unit, "too large", ": %d bytes of bytecode".formatted(unit.bytecodes()));
    }

    @Override
    public void retired(TranslatedUnit unit, String reason) {
        line(unit, "retired", ": " + reason);
    }

    @Override
    public void hotExit(TranslatedUnit unit, int index, long target) {
        Exits exits = unit.exits;
        if (exits != null) {
            line(unit, "hot exit", ": %s at %08x, %d times".formatted(exits.kind(index), (int) target,
                    exits.count(index)));
        }
    }
}
