package org.xenomips.device;

/**
 * Something whose state is part of a saved machine. State goes under names that are unique within the object; nested objects get
 * sections of their own. A machine is saved only where a slice ends.
 *
 * <p>Thread: machine thread.
 */
public interface Snapshotable {
    void save(SnapshotWriter out);

    /**
     * Takes over saved state. Lines, mappings and timers that follow from it are set by this method as well.
     *
     * @throws SnapshotException if a value is missing or impossible; the machine is then unusable and is discarded
     */
    void restore(SnapshotReader in) throws SnapshotException;
}
