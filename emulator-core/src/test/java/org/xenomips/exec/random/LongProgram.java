package org.xenomips.exec.random;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.xenomips.cpu.CpuModel;

/**
 * A generated program whose parts can be left out.
 *
 * @param seed  what {@link ProgramGenerator} made it from
 * @param parts the text, in order
 */
public record LongProgram(long seed, CpuModel model, List<Part> parts) {
    /** The whole program. */
    public GuestProgram program() {
        return program(List.of(), List.of());
    }

    /** The program without {@code removed} parts, and with nothing but their bodies left of {@code bare} ones. */
    public GuestProgram program(List<Part> removed, List<Part> bare) {
        Set<Part> without = identities(removed);
        Set<Part> unwrapped = identities(bare);
        var text = new StringBuilder();
        for (Part part : parts) {
            part.write(text, without, unwrapped);
        }
        return new GuestProgram(model, text.toString());
    }

    /** Everything that can be left out, outer parts before inner ones. */
    public List<Part> optionalParts() {
        var all = new ArrayList<Part>();
        parts.forEach(part -> part.collect(all));
        return all;
    }

    /** Parts are equal when they are the same object: a program may say the same thing twice. */
    private static Set<Part> identities(List<Part> parts) {
        Set<Part> set = Collections.newSetFromMap(new IdentityHashMap<>());
        set.addAll(parts);
        return set;
    }
}
