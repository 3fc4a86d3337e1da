package org.xenomips.machine;

/** Takes the lines of a machine's log. Thread: any. */
@FunctionalInterface
public interface MachineLog {
    /** One line without its end; {@code module} says who speaks, such as {@code ROM} or {@code CPU0}. */
    void log(String module, String text);
}
