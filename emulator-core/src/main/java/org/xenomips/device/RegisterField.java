package org.xenomips.device;

/** A field of a register; implemented by one enum per register, with the manual's field names as constants. */
public interface RegisterField {
    /** The manual's name. */
    String name();

    /**
     * Where a field lies and what it is for.
     *
     * @param low least significant bit, 0..31
     * @param width width in bits, 1..32
     * @param meaning one line for people
     */
    record Place(int low, int width, String meaning) {
    }

    Place place();

    /** Least significant bit, 0..31. */
    default int low() {
        return place().low();
    }

    /** Width in bits, 1..32. */
    default int width() {
        return place().width();
    }

    /** One line for people. */
    default String meaning() {
        return place().meaning();
    }

    /** The field's bits within the register. */
    default int mask() {
        return (width() == 32 ? -1 : (1 << width()) - 1) << low();
    }

    /** The field's value in {@code register}. */
    default int get(int register) {
        return (register & mask()) >>> low();
    }

    /** True when any bit of the field is set in {@code register}. */
    default boolean isSet(int register) {
        return (register & mask()) != 0;
    }

    /** {@code register} with the field replaced by {@code value}. */
    default int with(int register, int value) {
        return register & ~mask() | value << low() & mask();
    }
}
