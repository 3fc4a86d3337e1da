package org.xenomips.device;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Saved state of one object. Every getter says precisely what is missing or has the wrong size. */
public final class SnapshotReader {
    private final String path;
    private final Map<String, byte[]> values = new LinkedHashMap<>();
    private final Map<String, SnapshotReader> sections = new LinkedHashMap<>();

    /** {@code path} names the section in messages. */
    public SnapshotReader(String path) {
        this.path = path;
    }

    /** Used by whoever decodes a snapshot. */
    public void addValue(String name, byte[] value) {
        values.put(name, value);
    }

    /** Used by whoever decodes a snapshot. */
    public void addSection(String name, SnapshotReader section) {
        sections.put(name, section);
    }

    public boolean hasSection(String name) {
        return sections.containsKey(name);
    }

    public SnapshotReader section(String name) throws SnapshotException {
        SnapshotReader section = sections.get(name);
        if (section == null) {
            throw new SnapshotException("the snapshot has no section " + path + "/" + name);
        }
        return section;
    }

    /** Restores {@code part} from a sub-section. */
    public void section(String name, Snapshotable part) throws SnapshotException {
        part.restore(section(name));
    }

    public long getLong(String name) throws SnapshotException {
        return ByteBuffer.wrap(bytes(name, 8)).getLong();
    }

    public int getInt(String name) throws SnapshotException {
        return (int) getLong(name);
    }

    public boolean getBoolean(String name) throws SnapshotException {
        return getLong(name) != 0;
    }

    public String getString(String name) throws SnapshotException {
        return new String(getBytes(name), StandardCharsets.UTF_8);
    }

    /** Fills {@code into}, whose length must be the saved one. */
    public void getLongs(String name, long[] into) throws SnapshotException {
        ByteBuffer.wrap(bytes(name, 8 * into.length)).asLongBuffer().get(into);
    }

    /** Fills {@code into}, whose length must be the saved one. */
    public void getInts(String name, int[] into) throws SnapshotException {
        ByteBuffer.wrap(bytes(name, 4 * into.length)).asIntBuffer().get(into);
    }

    public byte[] getBytes(String name) throws SnapshotException {
        byte[] value = values.get(name);
        if (value == null) {
            throw new SnapshotException("the snapshot has no value " + path + "/" + name);
        }
        return value;
    }

    /** The bytes of {@code name} if it was saved. */
    public byte @Nullable [] getBytesIfPresent(String name) {
        return values.get(name);
    }

    private byte[] bytes(String name, int length) throws SnapshotException {
        byte[] value = getBytes(name);
        if (value.length != length) {
            throw new SnapshotException("snapshot value %s/%s has %d bytes, not %d; it was saved by another version"
                    .formatted(path, name, value.length, length));
        }
        return value;
    }
}
