package org.xenomips.cpu;

/**
 * An engine that remembers what virtual addresses mean. What depends on the mode is not reported: {@link Cp0#contextKey} tells.
 *
 * <p>Thread: machine thread.
 */
public interface TranslationListener {
    /** Addresses of {@code pages} pages (4 KB) from {@code address} on may mean something else now, in every mode. */
    void translationsChanged(long address, long pages);

    /** Any address that the TLB maps may mean something else now: another ASID is current. */
    void mappedTranslationsChanged();

    /** Any address may mean something else now: the physical map or how it is seen changed, reset, a restored snapshot. */
    void allTranslationsChanged();
}
