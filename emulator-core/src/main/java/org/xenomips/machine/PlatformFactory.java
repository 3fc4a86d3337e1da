package org.xenomips.machine;

import java.io.InputStream;

/** Builds boards of one family; found with {@link java.util.ServiceLoader}. */
public interface PlatformFactory {
    /** Value of the {@code -P} option, such as {@code 7200}. */
    String name();

    /** The processor of the configured board, needed before the machine is made. */
    BoardProcessor processor(MachineConfig config) throws ConfigurationException;

    /**
     * Checks that there is such a card and that it fits.
     *
     * @throws ConfigurationException if not; the message says what is possible
     */
    void checkCard(int slot, String card) throws ConfigurationException;

    /** Builds the configured board into {@code machine}. Messages that are not fatal go to {@link Machine#warn}. */
    Platform create(Machine machine, MachineConfig config) throws ConfigurationException;

    /** The guest that is started when the user names no image. */
    InputStream builtInGuest();

    /** Names for help texts: boards, then cards, one per line with a remark. */
    String catalogue();

    /** Processor model and its pipeline clock in Hz. */
    record BoardProcessor(org.xenomips.cpu.CpuModel model, long hertz) {
    }
}
