package org.xenomips.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cases that raise each exception in each place, and use the TLB in each way. $2 and $3 are the operands of the instruction that
 * raises; what it must not change is seen in $4 and in the window.
 */
final class DirectedCases {
    private static final int CU1 = 0x2000_0000;
    private static final int CU0 = 0x1000_0000;
    private static final int KX = 0x80;
    private static final int SX = 0x40;
    private static final int UX = 0x20;
    private static final int USER = 0x10;
    private static final int SUPERVISOR = 0x08;
    private static final int ERL = 4;
    private static final int EXL = 2;

    /** Something that raises: a name, what comes before, the instruction. */
    private record Raiser(String name, List<String> setup, String instruction) {
    }

    /** A place for one instruction: {@code %s}. */
    private record Place(String name, List<String> lines) {
    }

    private static final List<Place> PLACES = List.of(new Place("plain", List.of("%s")),
            new Place("after J", List.of("j @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after JAL", List.of("jal @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after JR", List.of("la $5, @there", "jr $5", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after JALR", List.of("la $5, @there", "jalr $8, $5", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after BAL", List.of("bal @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after taken BEQ", List.of("beq zero, zero, @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after BEQ not taken", List.of("beq $28, zero, @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("after taken BNEL", List.of("bnel $28, zero, @there", "%s", "li $6, 1", "@there:", "li $7, 1")),
            new Place("nullified by BEQL", List.of("beql $28, zero, @there", "%s", "li $6, 1", "@there:", "li $7, 1")));

    private final List<GuestCase> cases = new ArrayList<>();

    /** All cases, for a MIPS III processor with 48 TLB entries or one that is compatible. */
    static List<GuestCase> all() {
        DirectedCases directed = new DirectedCases();
        directed.exceptionsInAllPlaces();
        directed.modes();
        directed.nesting();
        directed.fetches();
        directed.interrupts();
        directed.pages();
        return Collections.unmodifiableList(directed.cases);
    }

    private void exceptionsInAllPlaces() {
        for (Raiser raiser : raisers()) {
            for (Place place : PLACES) {
                List<String> lines = new ArrayList<>(raiser.setup());
                place.lines().forEach(line -> lines.add(line.replace("%s", raiser.instruction())));
                add(raiser.name() + " " + place.name(), "", lines);
            }
        }
    }

    private static List<Raiser> raisers() {
        List<Raiser> all = new ArrayList<>();
        for (String instruction : List.of("syscall", "break", "teq zero, zero", "tne $28, zero", "tgeu $28, zero",
                "tgei zero, 0", "tltiu zero, 1", ".word 0x7c00003b", ".word 0x0000003d", ".word 0x04040000")) {
            all.add(new Raiser(instruction, List.of(), instruction));
        }
        List<String> words = List.of("li $2, 0x7fffffff", "lui $3, 0x8000");
        for (String instruction : List.of("add $4, $2, $2", "addi $4, $2, 1", "sub $4, $3, $2")) {
            all.add(new Raiser(instruction, words, instruction));
        }
        List<String> doublewords = List.of("dli $2, 0x7fffffffffffffff", "dli $3, 0x8000000000000000");
        for (String instruction : List.of("dadd $4, $2, $2", "daddi $4, $2, 1", "dsub $4, $3, $2")) {
            all.add(new Raiser(instruction, doublewords, instruction));
        }
        List<String> noFpu = List.of("mfc0 $2, c0_status", "li $3, " + CU1, "xor $2, $2, $3", "mtc0 $2, c0_status",
                "nop",
                "nop", "nop", "li $2, 0");
        for (String instruction : List.of("add.d f0, f2, f4", "lwc1 f0, 1(gp)", "mtc1 zero, f0", "cfc1 $4, fcr31")) {
            all.add(new Raiser("no FPU: " + instruction, noFpu, instruction));
        }
        for (String instruction : List.of("lh $4, 1(gp)", "lw $4, 2(gp)", "lwu $4, 1(gp)", "ld $4, 4(gp)",
                "sh $4, 3(gp)",
                "sw $4, 2(gp)", "sd $4, 1(gp)", "ll $4, 2(gp)", "lwc1 f4, 2(gp)", "sdc1 f4, 4(gp)")) {
            all.add(new Raiser(instruction, List.of(), instruction));
        }
        List<String> unmapped = List.of("lui $2, 0x0040");
        for (String instruction : List.of("lw $4, 5($2)", "lw $4, 4($2)", "sd $4, 8($2)", "lb $4, 3($2)",
                "sdc1 f4, 8($2)",
                "lwl $4, 5($2)", "sdr $4, 5($2)", "lw $4, -4($2)")) {
            all.add(new Raiser("unmapped " + instruction, unmapped, instruction));
        }
        for (String address : List.of("0x80000000", "0x4000000000000000", "0x0000000100000000", "0xffffffff40000000",
                "0xffffffffc0000000", "0xfffffffffffffff8", "0x9000000000000000")) {
            all.add(new Raiser("load " + address, List.of("dli $2, " + address), "lw $4, 0($2)"));
            all.add(new Raiser("store " + address, List.of("dli $2, " + address), "sb $4, 3($2)"));
        }
        for (String instruction : List.of("lw $4, 4($2)", "sw $4, 4($2)", "lw $4, 0x1004($2)", "sw $4, 0x1004($2)",
                "swl $4, 0x1005($2)", "ldl $4, 5($2)", "sdr $4, 3($2)")) {
            // Even page invalid, odd page not dirty.
            all.add(new Raiser("page " + instruction, map("0x00400000", 0, "0x00600018", "0x0060105a"), instruction));
        }
        return all;
    }

    /** Lines that write TLB entry 5 and leave the address in $2. */
    private static List<String> map(String address, int pageMask, String physical0, String physical1) {
        return List.of("li $2, " + pageMask, "mtc0 $2, c0_pagemask", "dli $2, " + address, "dmtc0 $2, c0_entryhi",
                "li $3, " + entryLo(physical0), "dmtc0 $3, c0_entrylo0", "li $3, " + entryLo(physical1),
                "dmtc0 $3, c0_entrylo1", "li $3, 5", "mtc0 $3, c0_index", "nop", "nop", "tlbwi", "nop", "nop", "nop");
    }

    /** EntryLo for a physical address whose low six bits are the flags: cache attribute, D, V, G. */
    private static long entryLo(String physical) {
        long value = Long.decode(physical);
        return (value & ~0xfffL) >>> 6 | value & 0x3f;
    }

    /** Execution of a few instructions in other modes: memory below 32 MB is mapped at its physical address. */
    private void modes() {
        for (String raise : List.of("syscall", "lw $4, 0(gp)", "sw $4, 0(gp)", "mfc0 $4, c0_status", "tlbwi", "eret",
                "cache 1, 0(gp)", "daddu $4, $4, $4", "ld $4, 0($9)", "dmtc1 $4, f0", "jr $28", "lw $4, 0($9)",
                "lw $4, 0($10)", "lw $4, 0($11)", "lw $4, 0($12)", "add.d f0, f0, f0", "dsll $4, $4, 1",
                "dmult $4, $4")) {
            for (int bits : new int[]{ USER, USER | UX, USER | CU0, SUPERVISOR | SX | UX, USER | UX | CU0 }) {
                if (!raise.equals("eret") || (bits & CU0) == 0) {
                    enter("%s with Status %x".formatted(raise, bits), raise, bits);
                }
            }
        }
    }

    private void enter(String name, String raise, int bits) {
        List<String> lines = new ArrayList<>(map("0", 0x01ff_e000, "0x0000001f", "0x0000001f"));
        lines.addAll(List.of("li $9, " + (int) (GuestSuite.windowAddress() & 0x1fff_ffffL), "lui $10, 0x4000",
                "dli $11, 0x80000000", "dli $12, 0xffffffffc0000000", "la $2, @other", "lui $3, 0x1fff",
                "ori $3, $3, 0xffff", "and $2, $2, $3", "dmtc0 $2, c0_epc",
                "li $3, " + (CU1 | GuestSuite.STATUS_FR | EXL | bits), "mtc0 $3, c0_status", "nop", "nop", "nop",
                "eret",
                "nop", "@other:", raise, "nop", "syscall", "nop", "@resume:", "li $7, 1"));
        add(name, "resume", lines);
    }

    private void nesting() {
        List<String> exl = List.of("dli $2, 0xffffffff80123456", "dmtc0 $2, c0_epc", "mfc0 $2, c0_status",
                "ori $2, $2, " + EXL, "mtc0 $2, c0_status", "nop", "nop", "nop", "lui $2, 0x0040");
        for (String raise : List.of("lw $4, 0($2)", "syscall", "sw $4, 1($2)", ".word 0x0000003d")) {
            add("with EXL: " + raise, "resume", join(exl, raise, "li $6, 1", "@resume:", "li $7, 1"));
            add("with EXL in a slot: " + raise, "resume",
                    join(exl, "j @resume", raise, "li $6, 1", "@resume:", "li $7, 1"));
        }
        for (String raise : List.of("lw $4, 0($2)", "lw $4, 0($3)", "syscall")) {
            add("with ERL: " + raise, "resume",
                    join(List.of("mfc0 $2, c0_status", "ori $2, $2, " + ERL, "mtc0 $2, c0_status", "nop", "nop", "nop",
                            "li $2, " + (int) (GuestSuite.windowAddress() & 0x1fff_ffffL), "lui $3, 0xc000"), raise,
                            "li $6, 1", "@resume:", "li $7, 1"));
        }
        add("ERET prefers ErrorEPC", "",
                List.of("la $2, @error", "dmtc0 $2, c0_errorepc", "la $2, @normal", "dmtc0 $2, c0_epc",
                        "mfc0 $2, c0_status", "ori $2, $2, " + (ERL | EXL), "mtc0 $2, c0_status", "nop", "nop", "eret",
                        "nop", "@normal:", "li $6, 1", "@error:", "mfc0 $4, c0_status", "andi $4, $4, 0x1f",
                        "li $7, 1"));
        add("SC fails after ERET", "", List.of("ll $4, 0(gp)", "la $2, @back", "dmtc0 $2, c0_epc", "mfc0 $2, c0_status",
                "ori $2, $2, " + EXL, "mtc0 $2, c0_status", "nop", "nop", "eret", "nop", "@back:", "sc $4, 0(gp)"));
        for (String address : List.of("0x0040000000", "0x00ffffffe8", "0x4000000000001000", "0xc000000000002000",
                "0xffffffffc0000000", "0x0000000080000000", "0xbfffffffffffffff", "0x4100000000000000",
                "0xc00000ff80000000", "0x0000010000000000", "0x9800000000500000", "0x9000000000500000")) {
            List<String> wide = List.of("mfc0 $2, c0_status", "ori $2, $2, " + (KX | SX | UX), "mtc0 $2, c0_status",
                    "nop",
                    "nop", "nop", "dli $2, " + address);
            add("64-bit addressing: load " + address, "", join(wide, "lb $4, 0($2)", "li $7, 1"));
            add("64-bit addressing: misaligned " + address, "", join(wide, "sw $4, 2($2)", "li $7, 1"));
        }
    }

    private void fetches() {
        for (String target : List.of("0x00400000", "0xffffffff80000002", "0xffffffffc0000000", "0x0000000080100000",
                "0x4000000000000000")) {
            add("jump to " + target, "resume",
                    List.of("dli $2, " + target, "jr $2", "li $6, 1", "li $5, 1", "@resume:", "li $7, 1"));
            add("call of " + target, "resume",
                    List.of("dli $2, " + target, "jalr $8, $2", "li $6, 1", "li $5, 1", "@resume:", "li $7, 1"));
        }
        // A page whose last word is a branch; the slot is on the next page, which is invalid or somewhere else.
        String branch = "li $3, 0x10000003";
        for (String next : List.of("0x00601018", "0x0060201e")) {
            // A nullified slot on a page that faults is left out: not everybody refrains from fetching it.
            String likely = next.endsWith("18") ? branch : "li $3, 0x53800003";
            for (String last : List.of(branch, "li $3, 0x13800003", likely, "li $3, 0x24070001")) {
                List<String> lines = new ArrayList<>(map("0x00400000", 0, "0x0060001e", next));
                lines.addAll(List.of("dli $9, 0xffffffff80600ffc", last, "sw $3, 0($9)", "li $3, 0x0000000d",
                        "dli $9, 0xffffffff80602000", "sw $3, 0($9)", "sw $3, 4($9)", "sw $3, 12($9)",
                        "dli $9, 0x00400ffc",
                        "jr $9", "nop", "@resume:", "li $6, 1"));
                add("end of page, next " + next + " " + last, "resume", lines);
            }
        }
    }

    private void interrupts() {
        for (int ip = 0; ip < 2; ip++) {
            int bit = 0x100 << ip;
            add("software interrupt " + ip, "resume",
                    List.of("mfc0 $2, c0_status", "ori $2, $2, " + (bit | 1), "li $3, " + bit, "mtc0 $3, c0_cause",
                            "li $4, 1", "mtc0 $2, c0_status", "li $5, 1", "li $6, 1", "li $8, 1", "@resume:",
                            "mtc0 zero, c0_cause", "li $7, 1"));
            add("software interrupt masked " + ip, "",
                    List.of("mfc0 $2, c0_status", "ori $2, $2, " + (0x300 & ~bit | 1), "li $3, " + bit,
                            "mtc0 $2, c0_status", "mtc0 $3, c0_cause", "nop", "nop", "nop", "mfc0 $4, c0_cause",
                            "andi $4, $4, 0x300", "mtc0 zero, c0_cause"));
            add("software interrupt on ERET " + ip, "resume",
                    List.of("li $3, " + bit, "mtc0 $3, c0_cause", "la $2, @target", "dmtc0 $2, c0_epc",
                            "mfc0 $2, c0_status", "ori $2, $2, " + (bit | 1 | EXL), "mtc0 $2, c0_status", "nop", "nop",
                            "eret", "nop", "@target:", "li $6, 1", "@resume:", "mtc0 zero, c0_cause", "li $7, 1"));
        }
    }

    private void pages() {
        for (int mask = 0; mask <= 0xfff; mask = mask << 2 | 3) {
            int size = (mask + 1) * 4096;
            List<String> lines = new ArrayList<>(map("0x40000012", mask << 13, "0x0000001e", "0x0000001a"));
            lines.addAll(List.of("lui $2, 0x4000", "li $9, " + size, "addu $10, $2, $9", "addu $11, $10, $9",
                    "lw $12, 0x180($2)", "lw $13, 0x184($10)", "sw $12, 0x180($2)", "sw $13, 0x184($10)",
                    "lw $14, -4($11)", "lw $15, 0($11)", "addiu $17, $2, 0x12",
                    "dmtc0 $17, c0_entryhi", "nop", "tlbp", "nop", "mfc0 $16, c0_index", "addiu $17, $10, 0x12",
                    "dmtc0 $17, c0_entryhi", "nop", "tlbp", "nop", "mfc0 $18, c0_index", "addiu $17, $11, 0x12",
                    "dmtc0 $17, c0_entryhi", "nop", "tlbp", "nop", "mfc0 $19, c0_index", "srl $19, $19, 31",
                    "addiu $17, $2, 0x13", "dmtc0 $17, c0_entryhi", "nop", "lw $4, 0x180($2)", "li $3, 5",
                    "mtc0 $3, c0_index", "nop", "tlbr", "nop", "nop",
                    "mfc0 $20, c0_pagemask", "dmfc0 $21, c0_entryhi", "dmfc0 $22, c0_entrylo0",
                    "dmfc0 $23, c0_entrylo1",
                    "mtc0 zero, c0_pagemask", "dmtc0 zero, c0_entryhi"));
            add("pages of %d bytes".formatted(size), "", lines);
        }
        for (int flags = 0; flags < 4; flags++) {
            int even = flags & 1;
            int odd = flags >> 1;
            List<String> lines = new ArrayList<>(map("0x00400007", 0, "0x%08x".formatted(0x1e | even),
                    "0x%08x".formatted(0x101e | odd)));
            lines.addAll(
                    List.of("lui $2, 0x0040", "lw $12, 0x180($2)", "ori $3, zero, 8", "dmtc0 $3, c0_entryhi", "nop",
                            "nop", "lw $13, 0x184($2)", "lw $14, 0x1184($2)", "dmtc0 zero, c0_entryhi", "tlbr", "nop",
                            "dmfc0 $15, c0_entrylo0", "dmfc0 $16, c0_entrylo1"));
            add("ASID with G even %d odd %d".formatted(even, odd), "", lines);
        }
    }

    private static List<String> join(List<String> first, String... then) {
        List<String> all = new ArrayList<>(first);
        Collections.addAll(all, then);
        return all;
    }

    private void add(String name, String resume, List<String> lines) {
        long[] gpr = new long[32];
        for (int i = 1; i < 32; i++) {
            gpr[i] = 0x0101_0101L * i;
        }
        cases.add(new GuestCase(name, gpr, new long[2], new long[32], new long[GuestSuite.WINDOW_DOUBLEWORDS], 0,
                GuestSuite.STATUS, List.of(lines), resume));
    }
}
