package org.xenomips.cpu;

/** An engine that remembers what virtual addresses mean. Thread: machine thread. */
public interface TranslationListener {
    /** Addresses of {@code pages} pages (4 KB) from {@code address} on may mean something else now, in every mode. */
    void translationsChanged(long address, long pages);

    /** Any address may mean something else now. */
    void allTranslationsChanged();
}
