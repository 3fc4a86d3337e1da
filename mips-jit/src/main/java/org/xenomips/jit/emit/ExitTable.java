package org.xenomips.jit.emit;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xenomips.jit.analysis.Zones;
import org.xenomips.jit.unit.Exits.Kind;

/**
 * The side exits of a unit. A cold path in the code is only a jump to a stub that names the exit; the stubs of a zone share one piece
 * of code that writes the registers back and returns.
 */
final class ExitTable {
    /** Zone of exits that are taken while nothing in the locals is newer than the array. */
    static final int CLEAN = -1;

    private record Key(int zone, Kind kind, long target, int unexecuted, int access) {
    }

    private final ClassDesc self;
    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final Zones zones;
    private final Map<Key, Label> stubs = new LinkedHashMap<>();
    private final List<Key> exits = new ArrayList<>();
    private final Map<Integer, Label> commons = new TreeMap<>();

    ExitTable(ClassDesc self, CodeBuilder code, Constants constants, Locals locals, Zones zones) {
        this.self = self;
        this.code = code;
        this.constants = constants;
        this.locals = locals;
        this.zones = zones;
    }

    /** Where to jump, with an empty stack, to leave through an exit. */
    Label label(int zone, Kind kind, long target, int unexecuted) {
        return label(zone, kind, target, unexecuted, 0);
    }

    /** The same for the load or store {@code access}, a word; 0 if it is in a delay slot. */
    Label label(int zone, Kind kind, long target, int unexecuted, int access) {
        return stubs.computeIfAbsent(new Key(zone, kind, target, unexecuted, access), key -> code.newLabel());
    }

    /** A new exit of the register jump at {@code pc}; the caller emits its code. */
    int number(int zone, Kind kind, long pc) {
        exits.add(new Key(zone, kind, pc, 0, 0));
        return exits.size() - 1;
    }

    /** Emits the stubs; nothing is in front of them that falls through. */
    void emit() {
        stubs.forEach((key, label) -> {
            code.labelBinding(label).loadConstant(exits.size());
            exits.add(key);
            code.goto_(commons.computeIfAbsent(key.zone, zone -> code.newLabel()));
        });
        commons.forEach((zone, label) -> {
            code.labelBinding(label);
            code.iload(Locals.BUDGET);
            locals.push(written(zone));
            code.invokestatic(self, name(zone), type(zone)).lreturn();
        });
    }

    private long written(int zone) {
        return zone == CLEAN ? 0 : zones.written(zone);
    }

    private static String name(int zone) {
        return zone == CLEAN ? "leave" : "leave" + zone;
    }

    /** Number of the exit, budget, then the registers. */
    private MethodTypeDesc type(int zone) {
        var parameters = new ArrayList<ClassDesc>(List.of(ConstantDescs.CD_int, ConstantDescs.CD_int));
        parameters.addAll(locals.types(written(zone)));
        return MethodTypeDesc.of(ConstantDescs.CD_long, parameters);
    }

    /**
     * Adds the methods that the stubs call: they write the registers back. The registers are parameters, so that {@code run} need
     * not even extend them to 64 bits where it may leave.
     */
    void declare(ClassBuilder builder) {
        for (int zone : commons.keySet()) {
            builder.withMethodBody(name(zone), type(zone), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, method -> {
                locals.storeParameters(method, constants, written(zone), 2);
                constants.with(method).pushExits();
                method.iload(0).iload(1).invokevirtual(Names.EXITS, "exit", Names.EXIT).lreturn();
            });
        }
    }

    Kind[] kinds() {
        return exits.stream().map(Key::kind).toArray(Kind[]::new);
    }

    long[] targets() {
        return exits.stream().mapToLong(Key::target).toArray();
    }

    int[] accesses() {
        return exits.stream().mapToInt(Key::access).toArray();
    }

    int[] unexecuted() {
        return exits.stream().mapToInt(Key::unexecuted).toArray();
    }
}
