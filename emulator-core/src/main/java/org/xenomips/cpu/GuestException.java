package org.xenomips.cpu;

/**
 * Carries an exception of the guest from an instruction's meaning to the engine. Preallocated by the processor, without a stack
 * trace: a control transfer, not an error.
 */
public final class GuestException extends RuntimeException {
    private final ExceptionCode code;
    private final int coprocessor;

    GuestException(ExceptionCode code, int coprocessor) {
        super(code.name(), null, false, false);
        this.code = code;
        this.coprocessor = coprocessor;
    }

    /** What happened. */
    public ExceptionCode code() {
        return code;
    }

    /** The unit for Cause.CE, 0..3; 0 unless the code is {@link ExceptionCode#CPU}. */
    public int coprocessor() {
        return coprocessor;
    }
}
