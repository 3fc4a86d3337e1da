package org.xenomips.machine;

/**
 * The other end of a machine's serial line when it is in this process ({@link MachineConfig.Console.Local}): what is printed comes
 * here.
 */
public interface ConsoleEnd {
    /** Called once, before anything is printed; {@code keyboard} works from now on. */
    void opened(Keyboard keyboard);

    /**
     * The guest or the monitor has printed {@code length} bytes; {@code text} is used again afterwards. Threads: the machine's and
     * those that use the keyboard, also at the same time; must not block.
     */
    void printed(byte[] text, int length);

    /** What is typed here reaches the guest. Thread: any. */
    interface Keyboard {
        /** Characters as a terminal sends them: line ends and cursor keys are converted, the escape character leads to the monitor. */
        void press(byte[] keys, int length);

        /** Characters for the guest as they are. */
        void type(byte[] characters);
    }
}
