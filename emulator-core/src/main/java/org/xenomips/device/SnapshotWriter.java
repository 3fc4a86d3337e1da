package org.xenomips.device;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects the state of one object: named values and named sub-sections, in order. Values are kept as bytes, so what is saved
 * cannot change afterwards.
 */
public final class SnapshotWriter {
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, SnapshotWriter> sections = new LinkedHashMap<>();

    /** A sub-section; {@code name} must be new. */
    public SnapshotWriter section(String name) {
        SnapshotWriter section = new SnapshotWriter();
        if (sections.put(name, section) != null) {
            throw new IllegalStateException("snapshot section " + name + " twice");
        }
        return section;
    }

    /** Saves {@code part} in a sub-section. */
    public void section(String name, Snapshotable part) {
        part.save(section(name));
    }

    public void putLong(String name, long value) {
        byte[] bytes = new byte[8];
        for (int i = 0; i < 8; i++) {
            bytes[i] = (byte) (value >>> 56 - 8 * i);
        }
        putBytes(name, bytes);
    }

    public void putInt(String name, int value) {
        putLong(name, value);
    }

    public void putBoolean(String name, boolean value) {
        putLong(name, value ? 1 : 0);
    }

    public void putString(String name, String value) {
        putBytes(name, value.getBytes(StandardCharsets.UTF_8));
    }

    public void putLongs(String name, long[] value) {
        byte[] bytes = new byte[8 * value.length];
        java.nio.ByteBuffer.wrap(bytes).asLongBuffer().put(value);
        putBytes(name, bytes);
    }

    public void putInts(String name, int[] value) {
        byte[] bytes = new byte[4 * value.length];
        java.nio.ByteBuffer.wrap(bytes).asIntBuffer().put(value);
        putBytes(name, bytes);
    }

    /** Keeps {@code value} itself: the caller gives it away. */
    public void putBytes(String name, byte[] value) {
        if (values.put(name, value) != null) {
            throw new IllegalStateException("snapshot value " + name + " twice");
        }
    }

    /** The values in the order in which they were put. */
    public Map<String, byte[]> values() {
        return Collections.unmodifiableMap(values);
    }

    /** The sub-sections in the order in which they were made. */
    public Map<String, SnapshotWriter> sections() {
        return Collections.unmodifiableMap(sections);
    }

    /** A reader of what has been collected. */
    public SnapshotReader reader(String path) {
        SnapshotReader reader = new SnapshotReader(path);
        values.forEach(reader::addValue);
        sections.forEach((name, section) -> reader.addSection(name, section.reader(path + "/" + name)));
        return reader;
    }
}
