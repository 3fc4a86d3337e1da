package org.xenomips.machine;

import java.io.InputStream;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

    /** The guests that are part of the program; the first one is started when the user names no image. */
    List<BuiltInGuest> builtInGuests();

    /**
     * The built-in guest called {@code name}, or the first one if it is null.
     *
     * @throws ConfigurationException if there is none of that name; the message lists those that exist
     */
    default BuiltInGuest builtInGuest(@Nullable String name) throws ConfigurationException {
        for (BuiltInGuest guest : builtInGuests()) {
            if (name == null || guest.name().equals(name)) {
                return guest;
            }
        }
        throw new ConfigurationException("there is no built-in guest '" + name + "'; built in are "
                + String.join(", ", builtInGuests().stream().map(BuiltInGuest::name).toList()));
    }

    /** Names for help texts: boards, then cards, one per line with a remark. */
    String catalogue();

    /**
     * An image that is part of the program.
     *
     * @param name what users call it, without a prefix
     * @param description one line for help texts
     * @param content opens the image, packed or not
     */
    record BuiltInGuest(String name, String description, Supplier<InputStream> content) {
    }

    /** Processor model and its pipeline clock in Hz. */
    record BoardProcessor(org.xenomips.cpu.CpuModel model, long hertz) {
    }
}
