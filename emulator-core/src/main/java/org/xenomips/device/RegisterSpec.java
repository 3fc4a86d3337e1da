package org.xenomips.device;

/** Implemented by the enum that lists a chip's registers under the manual's names. */
public interface RegisterSpec<D> {
    /** The manual's name. */
    String name();

    int ordinal();

    Register<D> register();
}
