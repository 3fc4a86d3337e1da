package org.xenomips.jit.view;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.NopInstruction;
import java.lang.classfile.instruction.StackInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.ThrowInstruction;
import java.util.ArrayList;
import java.util.Formatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.xenomips.isa.RegisterNames;
import org.xenomips.jit.emit.GuestLines;
import org.xenomips.jit.emit.UnitCode;
import org.xenomips.jit.region.Block;
import org.xenomips.jit.region.GuestInstruction;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits.Kind;

/**
 * A unit side by side with its guest code: each guest instruction is followed by the bytecode that stands for it, one line per
 * statement. Code that is rarely executed comes behind the blocks, side exits at the end, as in the class file.
 */
public final class UnitView {
    private static final int WIDTH = 120;
    private static final String INDENT = "            ";

    /** One bytecode instruction, where it is, and the line it belongs to. */
    private record Item(int at, int line, Instruction instruction) {
    }

    private final UnitCode code;
    private final Region region;
    private final CodeAttribute run;
    private final BytecodeText text;
    private final List<Item> items = new ArrayList<>();
    /** Names of places that are jumped to. */
    private final Map<Integer, String> names = new HashMap<>();
    /** Where the blocks begin. */
    private final Map<Integer, Block> blockStarts = new TreeMap<>();
    /** What the blocks are called; functions that are part of the region more than once have numbers. */
    private final Map<Integer, String> blockNames = new HashMap<>();
    private final Formatter out = new Formatter(Locale.ROOT);
    private final StringBuilder statement = new StringBuilder();
    /** The last instruction has copied a value: a store leaves one. */
    private boolean copied;
    /** There was code that cannot be reached. */
    private boolean unreachable;

    private UnitView(UnitCode code) {
        this.code = code;
        this.region = code.region();
        ClassModel model = ClassFile.of().parse(code.bytes());
        this.run = model.methods()
                .stream()
                .filter(method -> method.methodName().equalsString("run"))
                .findFirst()
                .flatMap(method -> method.findAttribute(Attributes.code()))
                .orElseThrow();
        this.text = new BytecodeText(model.thisClass().asInternalName(), code.locals(), this::name);
        int at = 0;
        int line = GuestLines.ENTRY;
        Map<Long, Integer> copies = new HashMap<>();
        for (CodeElement element : run) {
            if (element instanceof LineNumber number) {
                line = number.line();
                if (line == GuestLines.BLOCK) {
                    beginBlock(at, copies);
                }
            } else if (element instanceof Instruction instruction) {
                items.add(new Item(at, line, instruction));
                at += instruction.sizeInBytes();
            }
        }
    }

    /** The view of {@code code}; each line ends with a line feed. */
    public static String of(UnitCode code) {
        var view = new UnitView(code);
        view.nameTargets();
        view.printAll();
        return view.out.toString();
    }

    /** {@code hints} as the end of a line that describes a region; empty if there are none. */
    public static String hints(Region.Hints hints) {
        var text = new StringBuilder();
        if (hints.wideRegisters() != 0) {
            text.append("; 64 bits: ").append(registers(hints.wideRegisters()));
        }
        if (!hints.apart().isEmpty()) {
            text.append("; accesses looked up apart: ").append(addresses(hints.apart()));
        }
        if (!hints.interpreted().isEmpty()) {
            text.append("; interpreted: ").append(addresses(hints.interpreted()));
        }
        return text.toString();
    }

    private static String registers(long set) {
        List<String> names = new ArrayList<>();
        for (int number = 0; number < 64; number++) {
            if ((set >>> number & 1) != 0) {
                names.add(number < 32 ? RegisterNames.general(number) : number == 33 ? "hi" : "lo");
            }
        }
        return String.join(" ", names);
    }

    private static String addresses(Set<Long> set) {
        return new TreeSet<>(set).stream().map(UnitView::address).collect(Collectors.joining(" "));
    }

    private static String address(long pc) {
        return "%08x".formatted((int) pc);
    }

    // Names of places

    /** Block after block in the order of the region, each beginning with {@link GuestLines#BLOCK}. */
    private void beginBlock(int at, Map<Long, Integer> copies) {
        int next = blockStarts.size();
        if (next < region.blocks().size()) {
            Block block = region.blocks().get(next);
            int copy = copies.merge(block.pc(), 1, Integer::sum);
            blockStarts.put(at, block);
            blockNames.put(at, "block " + address(block.pc()) + (copy == 1 ? "" : " #" + copy));
        }
    }

    private void nameTargets() {
        Set<Integer> targets = new TreeSet<>();
        for (Item item : items) {
            if (item.instruction instanceof BranchInstruction branch) {
                targets.add(run.labelToBci(branch.target()));
            } else if (item.instruction instanceof LookupSwitchInstruction choice) {
                targets.add(run.labelToBci(choice.defaultTarget()));
                choice.cases().stream().map(SwitchCase::target).map(run::labelToBci).forEach(targets::add);
            }
        }
        Map<Integer, String> exits = findExits();
        int count = 0;
        for (int target : targets) {
            String name = blockNames.getOrDefault(target, exits.get(target));
            names.put(target, name != null ? name : "L" + ++count);
        }
    }

    /** Where the stubs of exits are: each pushes the exit's number and goes on to code that stubs share. */
    private Map<Integer, String> findExits() {
        Map<Integer, String> exits = new HashMap<>();
        for (int i = 0; i + 1 < items.size(); i++) {
            Item item = items.get(i);
            if (item.line == GuestLines.EXITS && item.instruction instanceof ConstantInstruction constant
                    && constant.constantValue() instanceof Integer number && number >= 0 && number < code.kinds().length
                    && items.get(i + 1).instruction instanceof BranchInstruction) {
                exits.put(item.at, "exit %d (%s)".formatted(number, code.kinds()[number]));
            }
        }
        return exits;
    }

    private String name(Label label) {
        return names.getOrDefault(run.labelToBci(label), "?");
    }

    // Printing

    private void printAll() {
        out.format("unit %s: %d instructions in %d blocks%s, %d bytes of bytecode, %d exits%s\n",
                address(region.entry()),
                region.instructions(), region.blocks().size(), region.cut() ? " (cut)" : "", code.bytecodes(),
                code.kinds().length, hints(region.hints()));
        int line = 0;
        Block block = null;
        Set<Long> seen = new HashSet<>();
        for (Item item : items) {
            Block begins = blockStarts.get(item.at);
            if (begins != null || block != null && item.line != line && !contains(block, item.line)) {
                flush();
                finish(block, seen);
                block = begins;
                line = 0;
                if (begins != null) {
                    out.format("%s\n", blockNames.get(item.at));
                } else if (item.line != GuestLines.EXITS) {
                    out.format("rare\n");
                }
            }
            if (item.line != line) {
                flush();
                line = item.line;
                if (line != GuestLines.BLOCK) {
                    printLine(line, block, seen);
                }
            }
            printItem(item);
        }
        flush();
        finish(block, seen);
        printExits();
    }

    private boolean contains(Block block, int line) {
        return line == GuestLines.BLOCK
                || instructions(block).stream().anyMatch(each -> GuestLines.of(region.entry(), each.pc()) == line);
    }

    private static List<GuestInstruction> instructions(Block block) {
        List<GuestInstruction> all = new ArrayList<>(block.body());
        GuestInstruction transfer = block.transfer();
        GuestInstruction slot = block.slot();
        if (transfer != null && slot != null) {
            all.add(transfer);
            all.add(slot);
        }
        return all;
    }

    private void printLine(int line, @Nullable Block block, Set<Long> seen) {
        if (line == GuestLines.ENTRY || line == GuestLines.EXITS) {
            out.format(line == GuestLines.ENTRY ? "entry\n" : "exits\n");
            return;
        }
        long pc = GuestLines.pc(region.entry(), line);
        if (block != null) {
            // what has no code of its own stands before what has
            block.body().stream().filter(each -> each.pc() < pc && seen.add(each.pc())).forEach(this::printGuest);
            seen.add(pc);
        }
        region.blocks()
                .stream()
                .flatMap(each -> instructions(each).stream())
                .filter(each -> each.pc() == pc)
                .findFirst()
                .ifPresentOrElse(this::printGuest, () -> out.format("%s\n", address(pc)));
    }

    private void printGuest(GuestInstruction instruction) {
        out.format("%s\n", instruction);
    }

    /** What had no code of its own up to the end of {@code block}. */
    private void finish(@Nullable Block block, Set<Long> seen) {
        if (block != null) {
            instructions(block).stream().filter(each -> !seen.contains(each.pc())).forEach(this::printGuest);
        }
        seen.clear();
    }

    private void printItem(Item item) {
        String name = names.get(item.at);
        if (name != null && !blockStarts.containsKey(item.at)) {
            flush();
            out.format("        %s:\n", name);
        }
        if (item.instruction instanceof NopInstruction || item.instruction instanceof ThrowInstruction) {
            // code that nothing leads to is overwritten with these when the class file is made
            unreachable |= item.instruction instanceof NopInstruction;
            return;
        }
        String one = text.of(item.instruction);
        if (!statement.isEmpty() && INDENT.length() + statement.length() + 2 + one.length() > WIDTH) {
            flush();
        }
        statement.append(statement.isEmpty() ? "" : "; ").append(one);
        if (BytecodeText.endsStatement(item.instruction) && !copied) {
            flush();
        }
        copied = item.instruction instanceof StackInstruction;
    }

    private void flush() {
        if (!statement.isEmpty()) {
            out.format("%s%s\n", INDENT, statement);
            statement.setLength(0);
        }
    }

    private void printExits() {
        Kind[] kinds = code.kinds();
        out.format("table of exits%s\n", unreachable ? " (those without code cannot happen)" : "");
        for (int i = 0; i < kinds.length; i++) {
            int unexecuted = code.unexecuted()[i];
            out.format("%5d  %-9s at %s%s\n", i, kinds[i], address(code.targets()[i]),
                    unexecuted == 0 ? "" : ", gives back " + unexecuted);
        }
    }
}
