package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.jit.unit.UnitConstants;

/** The static final fields of a generated class, filled from {@link UnitConstants} by its initialiser. */
final class Constants {
    private static final int FIELD = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
    private static final ClassDesc LOOKUP = ConstantDescs.CD_MethodHandles_Lookup;
    private static final ClassDesc METHOD_HANDLES = Names.desc(MethodHandles.class);

    /** One component of {@link UnitConstants} and the field of the same name. */
    private record Field(String name, ClassDesc type) {
    }

    private static final List<Field> FIELDS = List.of(new Field("cpu", Names.CPU), new Field("registers", Names.LONGS),
            new Field("read", Names.LONGS), new Field("write", Names.LONGS), new Field("slice", Names.SLICE),
            new Field("exits", Names.EXITS), new Field("runtime", Names.RUNTIME),
            new Field("exceptions", Names.EXCEPTIONS));

    private final ClassDesc self;
    private final CodeBuilder code;
    private final List<Long> links;
    private int callSites;

    Constants(ClassDesc self, CodeBuilder code) {
        this(self, code, new ArrayList<>());
    }

    private Constants(ClassDesc self, CodeBuilder code, List<Long> links) {
        this.self = self;
        this.code = code;
        this.links = links;
    }

    /** The same fields for another method of the class. */
    Constants with(CodeBuilder method) {
        return new Constants(self, method, links);
    }

    void pushRegisters() {
        push("registers", Names.LONGS);
    }

    /** Pushes the page table for loads or stores. */
    void pushTable(boolean store) {
        push(store ? "write" : "read", Names.LONGS);
    }

    void pushCpu() {
        push("cpu", Names.CPU);
    }

    void pushSlice() {
        push("slice", Names.SLICE);
    }

    void pushExits() {
        push("exits", Names.EXITS);
    }

    void pushRuntime() {
        push("runtime", Names.RUNTIME);
    }

    void pushExceptions() {
        push("exceptions", Names.EXCEPTIONS);
    }

    /** Pushes the link of the entry at {@code pc}. */
    void pushLink(long pc) {
        int index = links.indexOf(pc);
        if (index < 0) {
            index = links.size();
            links.add(pc);
        }
        push("link" + index, Names.LINK);
    }

    /** A new call through a register. */
    int newCallSite() {
        return callSites++;
    }

    void pushCallSite(int index) {
        push("site" + index, Names.CALL_SITE);
    }

    private void push(String name, ClassDesc type) {
        code.getstatic(self, name, type);
    }

    /** The entries whose links are used. */
    List<Long> links() {
        return links;
    }

    /** How many calls through registers there are. */
    int callSites() {
        return callSites;
    }

    /** Adds the fields and the initialiser to the class. */
    void declare(ClassBuilder builder) {
        for (Field field : FIELDS) {
            builder.withField(field.name, field.type, FIELD);
        }
        for (int i = 0; i < links.size(); i++) {
            builder.withField("link" + i, Names.LINK, FIELD);
        }
        for (int i = 0; i < callSites; i++) {
            builder.withField("site" + i, Names.CALL_SITE, FIELD);
        }
        builder.withMethodBody(ConstantDescs.CLASS_INIT_NAME, Names.VOID, ClassFile.ACC_STATIC, this::initialise);
    }

    private void initialise(CodeBuilder init) {
        init.invokestatic(METHOD_HANDLES, "lookup", MethodTypeDesc.of(LOOKUP))
                .loadConstant(ConstantDescs.DEFAULT_NAME)
                .loadConstant(Names.CONSTANTS)
                .invokestatic(METHOD_HANDLES, "classData", MethodTypeDesc.of(CD_Object, LOOKUP, CD_String, CD_Class))
                .checkcast(Names.CONSTANTS)
                .astore(0);
        for (Field field : FIELDS) {
            init.aload(0)
                    .invokevirtual(Names.CONSTANTS, field.name, MethodTypeDesc.of(field.type))
                    .putstatic(self, field.name, field.type);
        }
        copy(init, "links", "link", Names.LINK, links.size());
        copy(init, "callSites", "site", Names.CALL_SITE, callSites);
        init.return_();
    }

    private void copy(CodeBuilder init, String component, String field, ClassDesc type, int count) {
        for (int i = 0; i < count; i++) {
            init.aload(0)
                    .invokevirtual(Names.CONSTANTS, component, MethodTypeDesc.of(type.arrayType()))
                    .loadConstant(i)
                    .aaload()
                    .putstatic(self, field + i, type);
        }
    }
}
