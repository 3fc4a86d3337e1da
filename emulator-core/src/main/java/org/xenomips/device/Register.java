package org.xenomips.device;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Declaration of one 32-bit register of a chip: what a chip's enum of registers consists of. Immutable after the enum constant
 * was built; per-device values live in a {@link RegisterFile}.
 *
 * <p>The stored value changes on a write in this order: {@code onWrite} (if given) decides what is stored; otherwise bits of the
 * writable mask are replaced and bits of the write-one-to-clear mask are cleared where the written value has a 1. Then
 * {@code afterWrite} runs. A read delivers {@code onRead}'s result (or the stored value), then clears the clear-on-read bits.
 *
 * @param <D> the device the hooks act on
 */
public final class Register<D> {
    /** Computes what a read delivers. */
    public interface ReadHook<D> {
        int read(D device, int stored);
    }

    /** Computes what a write stores. */
    public interface WriteHook<D> {
        int write(D device, int stored, int written);
    }

    /** Acts after a write; gets the value now stored. */
    public interface AfterHook<D> {
        void written(D device, int stored);
    }

    private final int offset;
    private final String meaning;
    private int reset;
    private int writable = -1;
    private int writeOneToClear;
    private int clearOnRead;
    private List<? extends RegisterField> fields = List.of();
    private @Nullable ReadHook<D> onRead;
    private @Nullable WriteHook<D> onWrite;
    private @Nullable AfterHook<D> afterWrite;
    private boolean readHasSideEffect;

    private Register(int offset, String meaning) {
        this.offset = offset;
        this.meaning = meaning;
    }

    /** A plain storage register at byte {@code offset}, reset value 0, all bits writable. */
    public static <D> Register<D> at(int offset, String meaning) {
        return new Register<>(offset, meaning);
    }

    public Register<D> reset(int value) {
        reset = value;
        return this;
    }

    /** Writes are ignored (but {@code afterWrite} runs). */
    public Register<D> readOnly() {
        writable = 0;
        return this;
    }

    /** Only the bits of {@code mask} can be written; the others keep their value. */
    public Register<D> writable(int mask) {
        writable = mask;
        return this;
    }

    /** Bits of {@code mask} are cleared by writing 1 and are not otherwise writable. */
    public Register<D> writeOneToClear(int mask) {
        writeOneToClear = mask;
        writable &= ~mask;
        return this;
    }

    /** Bits of {@code mask} are cleared by a read. */
    public Register<D> clearOnRead(int mask) {
        clearOnRead = mask;
        readHasSideEffect = true;
        return this;
    }

    public Register<D> fields(RegisterField... enumConstants) {
        fields = List.of(enumConstants);
        return this;
    }

    /** {@code hook} computes the value read and has no effect of its own. */
    public Register<D> computed(ReadHook<D> hook) {
        onRead = hook;
        return this;
    }

    /** {@code hook} computes the value read and changes something. */
    public Register<D> onRead(ReadHook<D> hook) {
        onRead = hook;
        readHasSideEffect = true;
        return this;
    }

    public Register<D> onWrite(WriteHook<D> hook) {
        onWrite = hook;
        return this;
    }

    public Register<D> afterWrite(AfterHook<D> hook) {
        afterWrite = hook;
        return this;
    }

    /** Byte offset within the chip's window. */
    public int offset() {
        return offset;
    }

    /** One line for people. */
    public String meaning() {
        return meaning;
    }

    public int resetValue() {
        return reset;
    }

    public int writableMask() {
        return writable;
    }

    public int writeOneToClearMask() {
        return writeOneToClear;
    }

    public int clearOnReadMask() {
        return clearOnRead;
    }

    public List<? extends RegisterField> fields() {
        return fields;
    }

    /** True when a read changes nothing, so that polling it is idling. */
    public boolean readIsPure() {
        return !readHasSideEffect;
    }

    int deliver(D device, int stored) {
        return onRead == null ? stored : onRead.read(device, stored);
    }

    int store(D device, int stored, int written) {
        if (onWrite != null) {
            return onWrite.write(device, stored, written);
        }
        return (stored & ~writable | written & writable) & ~(written & writeOneToClear);
    }

    void finishWrite(D device, int stored) {
        if (afterWrite != null) {
            afterWrite.written(device, stored);
        }
    }
}
