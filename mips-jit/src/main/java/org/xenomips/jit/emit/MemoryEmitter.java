package org.xenomips.jit.emit;

import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.Cp0;
import org.xenomips.isa.Op;
import org.xenomips.isa.Trait;
import org.xenomips.jit.region.GuestInstruction;

/**
 * Code for loads and stores: an inline look into the flat page table of the mode; whatever is not plain memory leaves the unit before
 * anything has changed.
 *
 * <p>An address in a register kept as {@code int} is computed in 32 bits: where the sum with the offset would leave the compatible
 * segments it wraps into the pages next to the seam, which never have entries. Other addresses are computed in 64 bits; those in xkphys
 * are replaced by their alias ({@link org.xenomips.cpu.PageTables#alias}) behind the unit's blocks, so that HotSpot can tell which of the
 * two ways an access goes.
 */
final class MemoryEmitter {
    private static final MethodTypeDesc PUT_LONG = MethodTypeDesc.of(CD_void, CD_long, CD_long);

    private static final MethodTypeDesc STORING = MethodTypeDesc.of(CD_long, CD_long, Names.RUNTIME, CD_int);

    private final CodeBuilder code;
    private final Constants constants;
    private final Locals locals;
    private final boolean logged;
    private final boolean xkphys;
    /** Takes code that is emitted behind the blocks. */
    private final Consumer<Runnable> later;
    private @Nullable AddressFacts facts;

    /** {@code logged}: stores are reported before they are done; {@code context}: the unit's mode. */
    MemoryEmitter(CodeBuilder code, Constants constants, Locals locals, boolean logged, int context,
            Consumer<Runnable> later) {
        this.code = code;
        this.constants = constants;
        this.locals = locals;
        this.logged = logged;
        this.xkphys = Cp0.reachesXkphys(context);
        this.later = later;
    }

    /** What is known about addresses from now on: at the start of each block. */
    void begin(AddressFacts facts) {
        this.facts = facts;
    }

    /** Emits {@code i}; false if it is no load or store that is done inline. {@code slow} is where all else is done. */
    boolean emit(GuestInstruction i, Label slow) {
        switch (i.op()) {
            case LB, LBU, LH, LHU, LW, LWU, LD -> load(i, slow);
            case SB, SH, SW, SD -> store(i, slow);
            case LWL, LWR -> loadPart(i, slow);
            case SWL, SWR -> storePart(i, slow);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static int size(Op op) {
        return switch (op) {
            case LB, LBU, SB -> 1;
            case LH, LHU, SH -> 2;
            case LD, SD, LDC1, SDC1 -> 8;
            default -> 4;
        };
    }

    private void load(GuestInstruction i, Label slow) {
        pushHost(i, size(i.op()), slow);
        switch (i.op()) {
            case LB -> get("getByte", CD_byte);
            case LBU -> {
                get("getByte", CD_byte);
                code.loadConstant(0xff).iand();
            }
            case LH -> get("getShort", CD_short);
            case LHU -> {
                get("getShort", CD_short);
                code.loadConstant(0xffff).iand();
            }
            case LW -> get("getInt", CD_int);
            case LWU -> {
                get("getInt", CD_int);
                code.i2l().loadConstant(0xffff_ffffL).land();
                locals.popLong(i.rt());
                return;
            }
            default -> {
                get("getLong", CD_long);
                locals.popLong(i.rt());
                return;
            }
        }
        locals.popInt(i.rt());
    }

    private void store(GuestInstruction i, Label slow) {
        pushHost(i, size(i.op()), slow);
        log(size(i.op()));
        switch (i.op()) {
            case SB -> {
                locals.pushInt(i.rt());
                code.i2b();
                put("putByte", CD_byte);
            }
            case SH -> {
                locals.pushInt(i.rt());
                code.i2s();
                put("putShort", CD_short);
            }
            case SW -> {
                locals.pushInt(i.rt());
                put("putInt", CD_int);
            }
            default -> {
                locals.pushLong(i.rt());
                code.invokestatic(Names.MEMORY, "putLong", PUT_LONG);
            }
        }
    }

    /** Reports that {@code size} bytes at the host address on the stack, which stays there, are overwritten next. */
    private void log(int size) {
        if (logged) {
            constants.pushRuntime();
            code.loadConstant(size).invokestatic(Names.SUPPORT, "storing", STORING);
        }
    }

    /** Pushes the word or doubleword that a load of the FPU reads. */
    void pushLoaded(GuestInstruction i, Label slow) {
        pushHost(i, size(i.op()), slow);
        if (size(i.op()) == 4) {
            get("getInt", CD_int);
        } else {
            get("getLong", CD_long);
        }
    }

    /** Stores the word or doubleword that {@code pushValue} pushes, for a store of the FPU. */
    void storePushed(GuestInstruction i, Label slow, Runnable pushValue) {
        pushHost(i, size(i.op()), slow);
        pushValue.run();
        if (size(i.op()) == 4) {
            put("putInt", CD_int);
        } else {
            code.invokestatic(Names.MEMORY, "putLong", PUT_LONG);
        }
    }

    private void get(String name, ClassDesc type) {
        code.invokestatic(Names.MEMORY, name, MethodTypeDesc.of(type, CD_long));
    }

    private void put(String name, ClassDesc type) {
        code.invokestatic(Names.MEMORY, name, MethodTypeDesc.of(CD_void, CD_long, type));
    }

    // Addresses

    /** Pushes the host address of an access. */
    private void pushHost(GuestInstruction i, int size, Label slow) {
        AddressFacts known = Objects.requireNonNull(facts);
        align(i, size, slow, known);
        AddressFacts.Group group = known.groupOf(i);
        if (group == null) {
            pushHost(i.rs(), i.simm(), i.op().has(Trait.STORE), slow);
            return;
        }
        if (group.hostSlot < 0) {
            group.hostSlot = locals.isWide(i.rs())
                    ? checkWideGroup(i.rs(), group, slow)
                    : checkGroup(i.rs(), group, slow);
        }
        code.lload(group.hostSlot);
        if (i.simm() != 0) {
            code.loadConstant((long) i.simm()).ladd();
        }
    }

    private void pushHost(int base, int offset, boolean store, Label slow) {
        if (locals.isWide(base)) {
            int address = locals.temporary(2);
            int entry = locals.temporary(2);
            pushWideAddress(base, offset);
            code.lstore(address);
            makeCompatible(address, slow);
            lookUpWide(address, entry, store, slow);
            code.lload(entry).lload(address).ladd();
        } else {
            int address = locals.temporary(1);
            int entry = locals.temporary(2);
            pushAddress(base, offset);
            code.istore(address);
            lookUp(address, entry, store, slow);
            code.lload(entry).iload(address).i2l().ladd();
        }
    }

    /** Makes sure that all accesses of {@code group} are in one page of plain memory; the local with the host address of the base. */
    private int checkGroup(int base, AddressFacts.Group group, Label slow) {
        int address = locals.temporary(1);
        int entry = locals.temporary(2);
        pushAddress(base, group.first());
        code.istore(address);
        if (group.first() != group.last()) {
            pushAddress(base, group.last());
            code.iload(address).ixor().loadConstant(-4096).iand().ifne(slow);
        }
        lookUp(address, entry, group.stores(), slow);
        code.lload(entry);
        locals.pushInt(base);
        code.i2l().ladd().lstore(entry);
        return entry;
    }

    private int checkWideGroup(int base, AddressFacts.Group group, Label slow) {
        int address = locals.temporary(2);
        int entry = locals.temporary(2);
        pushWideAddress(base, group.first());
        code.lstore(address);
        if (group.first() != group.last()) {
            pushWideAddress(base, group.last());
            code.lload(address).lxor().loadConstant(-4096L).land().lconst_0().lcmp().ifne(slow);
        }
        makeCompatible(address, slow);
        lookUpWide(address, entry, group.stores(), slow);
        code.lload(entry).lload(address).ladd();
        if (group.first() != 0) {
            code.loadConstant((long) group.first()).lsub();
        }
        code.lstore(entry);
        return entry;
    }

    /** Replaces the address in a local by its alias if it is not compatible. */
    private void makeCompatible(int address, Label slow) {
        code.lload(address).l2i().i2l().lload(address).lcmp();
        if (!xkphys) {
            code.ifne(slow);
            return;
        }
        Label far = code.newLabel();
        Label known = code.newLabel();
        code.ifne(far).labelBinding(known);
        later.accept(() -> {
            code.labelBinding(far).lload(address).invokestatic(Names.PAGE_TABLES, "alias", Names.LONG_OF_LONG);
            code.dup2().lstore(address).l2i().i2l().lload(address).lcmp().ifeq(known).goto_(slow);
        });
    }

    private void lookUp(int address, int entry, boolean store, Label slow) {
        constants.pushTable(store);
        code.iload(address);
        lookUp(entry, slow);
    }

    private void lookUpWide(int address, int entry, boolean store, Label slow) {
        constants.pushTable(store);
        code.lload(address).l2i();
        lookUp(entry, slow);
    }

    /** Leaves the entry of the page of the address on the stack, of the table below it, in a local. */
    private void lookUp(int entry, Label slow) {
        code.loadConstant(12).iushr().laload().dup2().lstore(entry).lconst_0().lcmp().ifeq(slow);
    }

    private void pushAddress(int base, int offset) {
        locals.pushInt(base);
        if (offset != 0) {
            code.loadConstant(offset).iadd();
        }
    }

    private void pushWideAddress(int base, int offset) {
        locals.pushLong(base);
        if (offset != 0) {
            code.loadConstant((long) offset).ladd();
        }
    }

    private void align(GuestInstruction i, int size, Label slow, AddressFacts known) {
        if (size == 1) {
            return;
        }
        if ((i.simm() & size - 1) != 0) {
            pushAddress(i.rs(), i.simm());
            code.loadConstant(size - 1).iand().ifne(slow);
        } else if (known.learnAlignment(i.rs(), size)) {
            locals.pushInt(i.rs());
            code.loadConstant(size - 1).iand().ifne(slow);
        }
    }

    // Parts of unaligned words

    /** Pushes the host address of the aligned word around an access and leaves 8 times its place in the word in a local. */
    private int pushHostOfPart(GuestInstruction i, Label slow) {
        int address = locals.temporary(1);
        int shift = locals.temporary(1);
        int entry = locals.temporary(2);
        if (locals.isWide(i.rs())) {
            int wide = locals.temporary(2);
            pushWideAddress(i.rs(), i.simm());
            code.lstore(wide);
            makeCompatible(wide, slow);
            code.lload(wide).l2i().istore(address);
        } else {
            pushAddress(i.rs(), i.simm());
            code.istore(address);
        }
        lookUp(address, entry, i.op().has(Trait.STORE), slow);
        code.iload(address);
        if (i.op() == Op.LWR || i.op() == Op.SWR) {
            code.iconst_m1().ixor();
        }
        code.iconst_3().iand().iconst_3().ishl().istore(shift);
        code.lload(entry).iload(address).loadConstant(-4).iand().i2l().ladd();
        return shift;
    }

    private void loadPart(GuestInstruction i, Label slow) {
        int shift = pushHostOfPart(i, slow);
        get("getInt", CD_int);
        code.iload(shift);
        if (i.op() == Op.LWL) {
            code.ishl();
            locals.pushInt(i.rt());
            code.iconst_1().iload(shift).ishl().iconst_1().isub().iand();
        } else {
            code.iushr();
            locals.pushInt(i.rt());
            code.iconst_m1().iload(shift).iushr().iconst_m1().ixor().iand();
        }
        code.ior();
        locals.popInt(i.rt());
    }

    private void storePart(GuestInstruction i, Label slow) {
        int shift = pushHostOfPart(i, slow);
        log(Integer.BYTES);
        code.dup2();
        get("getInt", CD_int);
        // the bytes that stay, then those of the register
        code.iconst_m1().iload(shift);
        if (i.op() == Op.SWL) {
            code.iushr().iconst_m1().ixor().iand();
            locals.pushInt(i.rt());
            code.iload(shift).iushr();
        } else {
            code.ishl().iconst_m1().ixor().iand();
            locals.pushInt(i.rt());
            code.iload(shift).ishl();
        }
        code.ior();
        put("putInt", CD_int);
    }
}
