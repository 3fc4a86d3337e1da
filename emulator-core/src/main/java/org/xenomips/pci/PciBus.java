package org.xenomips.pci;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One PCI bus: functions by device number (function 0 only; nothing on this platform has more) and the bridges on it.
 *
 * <p>Thread: machine thread.
 */
public final class PciBus {
    private final String name;
    private final Map<Integer, PciFunction> functions = new TreeMap<>();
    private final List<PciBridge> bridges = new ArrayList<>();
    private int number;

    /** {@code name} appears in dumps; the bus number is 0 until a bridge is programmed. */
    public PciBus(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }

    /** Bus number as programmed by the guest. */
    public int number() {
        return number;
    }

    void setNumber(int number) {
        this.number = number;
    }

    /** True when nothing occupies {@code device} (0..31). */
    public boolean isFree(int device) {
        return !functions.containsKey(device);
    }

    /** Puts a function at {@code device}; false if the place is taken, and then nothing changes. */
    public boolean add(int device, PciFunction function) {
        return functions.putIfAbsent(device, function) == null;
    }

    /** Puts a bridge at {@code device}. */
    public void addBridge(int device, PciBridge bridge) {
        if (!add(device, bridge)) {
            throw new IllegalStateException(name + ": device " + device + " is taken");
        }
        bridges.add(bridge);
    }

    /** Adds a bridge that answers no configuration cycles itself. */
    public void addHiddenBridge(PciBridge bridge) {
        bridges.add(bridge);
    }

    /** Removes a function (hot removal). */
    public void remove(PciFunction function) {
        functions.values().remove(function);
    }

    public @Nullable PciFunction function(int device) {
        return functions.get(device);
    }

    /** Functions by device number, ascending. */
    public Map<Integer, PciFunction> functions() {
        return java.util.Collections.unmodifiableMap(functions);
    }

    /** The bridges, most recently created first: the order in which a look-up asks them. */
    public List<PciBridge> bridges() {
        return bridges.reversed();
    }
}
