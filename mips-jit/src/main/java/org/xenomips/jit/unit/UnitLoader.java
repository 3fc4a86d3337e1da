package org.xenomips.jit.unit;

import java.lang.invoke.MethodHandles;

/** Turns class files into units. Thread: any. */
public final class UnitLoader {
    private UnitLoader() {}

    /** Defines the class in {@code bytes}, a hidden class that is unloaded with its last object, and makes its only object. */
    public static Unit load(byte[] bytes, UnitConstants constants) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup()
                    .defineHiddenClassWithClassData(bytes, constants, true);
            return (Unit) lookup.lookupClass().getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a generated class does not load", e);
        }
    }
}
