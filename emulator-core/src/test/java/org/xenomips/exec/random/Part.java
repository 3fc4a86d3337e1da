package org.xenomips.exec.random;

import java.util.List;
import java.util.Set;

/** A piece of a program's text that can be left out: statements, or a construct around other parts. */
public sealed interface Part {
    /** Statements that belong together. */
    record Statements(List<String> lines) implements Part {
    }

    /**
     * A construct: a loop, a branch around something, a function.
     *
     * @param optional false if the rest of the program needs it, such as a function that is called
     */
    record Construct(List<String> head, List<Part> body, List<String> tail, boolean optional) implements Part {
    }

    /** Statements of these lines. */
    static Part of(String... lines) {
        return new Statements(List.of(lines));
    }

    /** Adds the text of this part without {@code removed} ones; of {@code bare} constructs only the body is left. */
    default void write(StringBuilder text, Set<Part> removed, Set<Part> bare) {
        if (removed.contains(this)) {
            return;
        }
        switch (this) {
            case Statements statements -> lines(text, statements.lines());
            case Construct construct -> {
                boolean whole = !bare.contains(this);
                if (whole) {
                    lines(text, construct.head());
                }
                for (Part part : construct.body()) {
                    part.write(text, removed, bare);
                }
                if (whole) {
                    lines(text, construct.tail());
                }
            }
        }
    }

    private static void lines(StringBuilder text, List<String> lines) {
        for (String line : lines) {
            text.append(line.endsWith(":") || line.startsWith(".") ? "" : "        ").append(line).append('\n');
        }
    }

    /** Adds all optional parts in this one, outer before inner. */
    default void collect(List<Part> into) {
        switch (this) {
            case Statements _ -> into.add(this);
            case Construct construct -> {
                if (construct.optional()) {
                    into.add(this);
                }
                construct.body().forEach(part -> part.collect(into));
            }
        }
    }
}
