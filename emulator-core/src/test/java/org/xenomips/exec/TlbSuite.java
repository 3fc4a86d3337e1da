package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.ExceptionCode;
import org.xenomips.isa.Assembler;

/** Translation: sizes, halves, flags, ASIDs, invalidation, modes. */
public abstract class TlbSuite extends EngineFixture {
    private static final long PAGE = 0x4000_0000L;
    private static final int V = 2;
    private static final int D = 4;
    private static final int G = 1;
    /** Status: 64-bit addresses in kernel mode. */
    private static final int KX = 0x80;
    private static final String END = "\nresume: sw $zero, STOP($gp)\nnop";
    /** A function at the start of a page: {@code v0 = 40 + number}. */
    private static final String FUNCTION = "jr $ra\naddiu $v0, $zero, ";

    @ParameterizedTest
    @ValueSource(ints = { 0, 0x6000, 0x1_e000, 0x7_e000, 0x1f_e000, 0x7f_e000 })
    void everyPageSizeMapsBothHalves(int mask) {
        long size = mask + 0x2000L >>> 1;
        long even = 0x80_0000;
        long odd = 0x100_0000;
        map(7, PAGE, mask, lo(even, V | D), lo(odd, V | D));
        machine().ram.write(even + size - 4, 4, 0x1111);
        machine().ram.write(odd, 4, 0x2222);
        machine().cpu.setGpr(8, PAGE + size);
        run("lw $v0, -4($t0)\nlw $v1, 0($t0)\nsw $v1, -8($t0)\nsd $v0, 8($t0)" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(0x1111);
        assertThat(gpr(3)).isEqualTo(0x2222);
        assertThat(machine().ram.read(even + size - 8, 4)).isEqualTo(0x2222);
        assertThat(machine().ram.read(odd + 8, 8)).isEqualTo(0x1111);
    }

    @ParameterizedTest
    @CsvSource({ "0x40000000", "0xffffffffc0000000", "0xffffffffe0000000" })
    void everyMappedSegmentIsMapped(String address) {
        long virtual = Long.parseUnsignedLong(address.substring(2), 16);
        map(3, virtual, 0, lo(DATA_PHYSICAL, V | D), 0);
        machine().ram.write(DATA_PHYSICAL + 12, 4, 0x1234);
        machine().cpu.setGpr(8, virtual);
        run("lw $v0, 12($t0)\nsw $v0, 16($t0)\nlw $v0, 16($t0)" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(0x1234);
    }

    @Test
    void missInvalidAndModifiedAreToldApart() {
        map(0, PAGE, 0, lo(DATA_PHYSICAL, V), lo(DATA_PHYSICAL, D));
        machine().cpu.setGpr(8, PAGE);
        run("lw $v0, 0($t0)\nsw $v0, 4($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.MOD.code());
        assertThat(note().vector()).isEqualTo(0x180);
        forget();
        run("lw $v0, 0x1000($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBL.code());
        assertThat(note().vector()).isEqualTo(0x180);
        forget();
        run("sw $v0, 0x1000($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBS.code());
        assertThat(note().vector()).isEqualTo(0x180);
        forget();
        run("lw $v0, 0x2000($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBL.code());
        assertThat(note().vector()).isZero();
    }

    @Test
    void addressSpaceSwitchTakesEffectAtTheNextAccess() {
        map(0, PAGE | 1, 0, lo(DATA_PHYSICAL, V | D), 0);
        map(1, PAGE | 2, 0, lo(DATA_PHYSICAL + 0x1000, V | D), 0);
        map(2, PAGE + 0x2000 | 1, 0, lo(DATA_PHYSICAL + 0x2000, V | D | G), lo(0, G));
        for (int i = 0; i < 3; i++) {
            machine().ram.write(DATA_PHYSICAL + 0x1000 * i, 4, 10 + i);
        }
        machine().cpu.setGpr(8, PAGE);
        run("""
                li $t1, 1
                li $t2, 2
                dmtc0 $t1, $10
                lw $s0, 0($t0)
                lw $s1, 0x2000($t0)
                dmtc0 $t2, $10
                lw $s2, 0($t0)
                lw $s3, 0x2000($t0)
                dmtc0 $t1, $10
                lw $s4, 0($t0)
                li $t3, 3
                dmtc0 $t3, $10
                spot: lw $s5, 0($t0)
                """ + END);
        assertThat(new long[]{ gpr(16), gpr(17), gpr(18), gpr(19), gpr(20), gpr(21) }).containsExactly(10, 12, 11, 12,
                10, 0);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBL.code());
        assertThat(note().entryHi()).isEqualTo(PAGE | 3);
    }

    @Test
    void rewrittenEntryIsUsedAtOnce() {
        Cp0 cp0 = machine().cpu.cp0();
        map(0, PAGE, 0, lo(DATA_PHYSICAL, V | D | G), lo(0, G));
        machine().ram.write(DATA_PHYSICAL, 4, 1);
        machine().ram.write(DATA_PHYSICAL + 0x1000, 4, 2);
        machine().cpu.setGpr(8, PAGE);
        cp0.write(Cp0.ENTRY_HI, 0, PAGE);
        cp0.write(Cp0.ENTRY_LO0, 0, lo(DATA_PHYSICAL + 0x1000, V | G));
        cp0.write(Cp0.INDEX, 0, 0);
        run("lw $s0, 0($t0)\nsw $s0, 8($t0)\ntlbwi\nlw $s1, 0($t0)\nsw $s1, 8($t0)" + END);
        assertThat(gpr(16)).isEqualTo(1);
        assertThat(gpr(17)).isEqualTo(2);
        assertThat(note().code()).as("the new mapping is read-only").isEqualTo(ExceptionCode.MOD.code());
    }

    @Test
    void codeRunsAtEveryAddressItIsMappedAt() {
        machine().load(FUNCTION + 41, 0xffff_ffff_8030_0000L);
        machine().load(FUNCTION + 42, 0xffff_ffff_8030_1000L);
        map(0, PAGE, 0, lo(0x30_0000, V | G), lo(0x30_1000, V | G));
        machine().cpu.setGpr(8, PAGE);
        machine().cpu.setGpr(9, PAGE + 0x1000);
        Cp0 cp0 = machine().cpu.cp0();
        cp0.write(Cp0.ENTRY_HI, 0, PAGE);
        cp0.write(Cp0.ENTRY_LO0, 0, lo(0x30_1000, V | G));
        cp0.write(Cp0.ENTRY_LO1, 0, lo(0x30_0000, V | G));
        cp0.write(Cp0.INDEX, 0, 0);
        run("""
                jalr $t0
                nop
                or $s0, $v0, $zero
                jalr $t1
                nop
                or $s1, $v0, $zero
                tlbwi
                jalr $t0
                nop
                or $s2, $v0, $zero
                jalr $t1
                nop
                or $s3, $v0, $zero
                """ + END);
        assertThat(new long[]{ gpr(16), gpr(17), gpr(18), gpr(19) }).containsExactly(41, 42, 42, 41);
    }

    @Test
    void mappedPageCanBeReplacedWhileItRuns() {
        String code = "tlbwi\naddiu $v0, $zero, %d\njr $s7\nnop";
        machine().load(code.formatted(1), 0xffff_ffff_8030_0000L);
        machine().load(code.formatted(2), 0xffff_ffff_8030_1000L);
        map(0, PAGE, 0, lo(0x30_0000, V | G), lo(0, G));
        Cp0 cp0 = machine().cpu.cp0();
        cp0.write(Cp0.ENTRY_HI, 0, PAGE);
        cp0.write(Cp0.ENTRY_LO0, 0, lo(0x30_1000, V | G));
        cp0.write(Cp0.INDEX, 0, 0);
        machine().cpu.setGpr(8, PAGE);
        run("jr $t0\nnop" + END);
        assertThat(gpr(2)).isEqualTo(2);
    }

    @Test
    void fetchFaultsReportTheInstructionOrTheBranchBeforeIt() {
        machine().load("jr $ra", 0xffff_ffff_8030_0ffcL);
        map(0, PAGE, 0, lo(0x30_0000, V | G), lo(0x30_1000, G));
        machine().cpu.setGpr(8, PAGE + 0xffc);
        run("jalr $t0\nnop" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBL.code());
        assertThat(note().inSlot()).isTrue();
        assertThat(note().epc()).isEqualTo(PAGE + 0xffc);
        assertThat(note().badVAddr()).isEqualTo(PAGE + 0x1000);
        forget();
        machine().load("bne $zero, $zero, 0x80300000", 0xffff_ffff_8030_0ffcL);
        run("jalr $t0\nnop" + END);
        assertThat(note().inSlot()).isTrue();
        assertThat(note().epc()).isEqualTo(PAGE + 0xffc);
        forget();
        machine().load("addu $t1, $t1, $t1", 0xffff_ffff_8030_0ffcL);
        run("jalr $t0\nnop" + END);
        assertThat(note().inSlot()).isFalse();
        assertThat(note().epc()).isEqualTo(PAGE + 0x1000);
    }

    @Test
    void probeMatchesInsideLargePagesAndOnlyItsAsid() {
        map(9, PAGE | 5, 0x1f_e000, lo(0, V), lo(0, V));
        Cp0 cp0 = machine().cpu.cp0();
        cp0.write(Cp0.ENTRY_HI, 0, PAGE + 0x1f_2000 | 5);
        cp0.tlbProbe();
        assertThat(cp0.read(Cp0.INDEX, 0)).isEqualTo(9);
        cp0.write(Cp0.ENTRY_HI, 0, PAGE + 0x1f_2000 | 6);
        cp0.tlbProbe();
        assertThat(cp0.read(Cp0.INDEX, 0)).isNegative();
        cp0.write(Cp0.ENTRY_HI, 0, PAGE + 0x20_0000 | 5);
        cp0.tlbProbe();
        assertThat(cp0.read(Cp0.INDEX, 0)).isNegative();
    }

    @Test
    void physicalBit33IsAnAlias() {
        map(0, PAGE, 0, lo(DATA_PHYSICAL, V | D), lo(0x2_0000_0000L | DATA_PHYSICAL, V | D));
        machine().cpu.setGpr(8, PAGE);
        run("addiu $t1, $zero, 77\nsw $t1, 0x1000($t0)\nlw $v0, 0($t0)" + END);
        assertThat(gpr(2)).isEqualTo(77);
    }

    @Test
    void cachedMappingDoesNotSeeAnUncachedDevice() {
        int frame = (int) (GuestMachine.DEVICE >>> 12) << 6;
        map(0, PAGE, 0, frame | 3 << 3 | V | D | G, frame | 2 << 3 | V | D | G);
        machine().register = 55;
        machine().cpu.setGpr(8, PAGE);
        run("lw $s0, REGISTER($t0)\nli $t1, 9\nsw $t1, LOG($t0)\nlw $s1, 0x1018($t0)\nsw $t1, 0x1008($t0)" + END);
        assertThat(gpr(16)).isZero();
        assertThat(gpr(17)).isEqualTo(55);
        assertThat(machine().written).containsExactly(9L);
    }

    @Test
    void kernelTranslationsAreNotUsedInUserMode() {
        map(0, 0x40_0000, 0, lo(0x20_0000, V | D), lo(0x20_1000, V | D));
        machine().load("lw $v0, 0($t0)\nnop\nsyscall", 0xffff_ffff_8020_0000L);
        machine().cpu.setGpr(8, DATA);
        machine().cpu.cp0().write(Cp0.EPC, 0, 0x40_0000);
        run("sw $t0, 0($t0)\nlw $t1, 0($t0)\nli $t2, 0x10000012\nmtc0 $t2, $12\neret\n" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.ADEL.code());
        assertThat(note().epc()).isEqualTo(0x40_0000);
        assertThat(gpr(2)).isZero();
    }

    @Test
    void errorLevelUnmapsTheLowSegment() {
        map(0, DATA_PHYSICAL, 0, lo(0x20_0000, V | D), 0);
        machine().ram.write(DATA_PHYSICAL, 4, 1);
        machine().ram.write(0x20_0000, 4, 2);
        machine().cpu.setGpr(8, DATA_PHYSICAL);
        run("lw $s0, 0($t0)\nli $t1, 0x10000004\nmtc0 $t1, $12\nlw $s1, 0($t0)\nli $t1, 0x10000000\nmtc0 $t1, $12\n"
                + "lw $s2, 0($t0)" + END);
        assertThat(new long[]{ gpr(16), gpr(17), gpr(18) }).containsExactly(2, 1, 2);
    }

    @Test
    void extendedSegmentsNeedTheirStatusBit() {
        machine().ram.write(DATA_PHYSICAL, 4, 5);
        machine().cpu.setGpr(8, 0x9000_0000_0000_0000L | DATA_PHYSICAL);
        run("lw $s0, 0($t0)" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.ADEL.code());
        forget();
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x80);
        run("lw $s0, 0($t0)" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(16)).isEqualTo(5);
        machine().cpu.setGpr(8, 0xc000_0012_3456_7888L);
        run("lw $s0, 0($t0)" + END);
        assertThat(note().vector()).isEqualTo(0x80);
        assertThat(note().xcontext()).isEqualTo(3L << 31 | (0x12_3456_7888L >>> 13) << 4);
    }

    /** Sums 1..20 by calls of a function, stores and loads through {@code $t8}, then returns to {@code $s7}. */
    private static final String WANDERER = """
            start:  li    $s0, 20
                    li    $s1, 0
            again:  bal   function
                    sd    $s0, 0($t8)
                    addiu $s0, $s0, -1
                    bne   $s0, $zero, again
                    addu  $s1, $s1, $v0
                    j     last
                    or    $s2, $ra, $zero
            function: ld  $v0, 0($t8)
                    jr    $ra
                    nop
            last:   jr    $s7
                    nop
            """;

    @ParameterizedTest
    @CsvSource({ "9000000000300000", "a800000000300000", "8000000000300000" })
    void kernelRunsFromTheUnmappedExtendedSegment(String address) {
        long base = Long.parseUnsignedLong(address, 16);
        machine().load(WANDERER, 0xffff_ffff_8030_0000L);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x80);
        machine().cpu.setGpr(8, base);
        machine().cpu.setGpr(24, base + 0x2000);
        run("jr $t0\nnop" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(17)).isEqualTo(210);
        assertThat(gpr(18)).as("return address").isEqualTo(base + 16);
        assertThat(machine().ram.read(0x30_2000, 8)).isEqualTo(1);
    }

    @Test
    void exceptionInTheUnmappedExtendedSegmentReturnsThere() {
        long base = 0x9000_0000_0030_0000L;
        machine().load("syscall\njr $t1\nnop", 0xffff_ffff_8030_0000L);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x80);
        machine().cpu.setGpr(8, base);
        Assembler.Program program = prepare("jr $t0\nnop" + END);
        machine().cpu.setGpr(9, program.label("resume"));
        machine().cpu.setGpr(23, base + 4);
        go();
        assertThat(note().epc()).isEqualTo(base);
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS);
        forget();
        run("jr $t0\nnop" + END);
        assertThat(note().code()).as("without KX").isEqualTo(ExceptionCode.ADEL.code());
        assertThat(note().badVAddr()).isEqualTo(base);
    }

    /** Accesses memory at $t0, in the first page of xkphys that has data, until that takes the fast path, then goes on. */
    private static final String WARM = """
                    li    $s0, 60
            warm:   ld    $t1, 8($t0)
                    daddiu $t1, $t1, 1
                    sd    $t1, 8($t0)
                    lw    $t2, 12($t0)
                    sw    $t2, 16($t0)
                    lhu   $t3, 18($t0)
                    sb    $t3, 20($t0)
                    addiu $s0, $s0, -1
                    bne   $s0, $zero, warm
                    lbu   $t4, 20($t0)
            """;

    private static long xkphys(int attribute, long physical) {
        return 1L << 63 | (long) attribute << 59 | physical;
    }

    @ParameterizedTest
    @ValueSource(ints = { 0, 1, 2, 3, 4, 5, 6, 7 })
    void unmappedExtendedSegmentSharesTheEntriesOfTheCompatibleOnes(int attribute) {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | KX);
        machine().cpu.setGpr(8, xkphys(attribute, DATA_PHYSICAL));
        run(WARM + "lwl $v0, 9($t0)\nlwr $v0, 12($t0)\nswl $t2, 25($t0)\nswr $t2, 28($t0)\n" + END);
        assertThat(notes()).isEmpty();
        assertThat(machine().ram.read(DATA_PHYSICAL + 8, 8)).isEqualTo(60);
        assertThat(machine().ram.read(DATA_PHYSICAL + 16, 8)).isEqualTo(60L << 32 | 60L << 24);
        assertThat(machine().ram.read(DATA_PHYSICAL + 28, 1)).isEqualTo(60);
        assertThat(gpr(2)).as("bytes 9 to 12").isEqualTo(0);
        assertThat(gpr(12)).isEqualTo(60);
        boolean uncached = attribute == 2 || attribute >= 6;
        assertThat(machine().cpu.memory().tables().write()[uncached ? 0xa0100 : 0x80100]).isNotZero();
        assertThat(machine().cpu.memory().tables().write()[uncached ? 0x80100 : 0xa0100]).isZero();
    }

    @ParameterizedTest
    @CsvSource({ "10000080, 9801000000100000, 4", "10000080, 9800001000100000, 5", "10000080, d800000000100000, 4",
            "10000000, 9800000000100000, 4", "10000000, 9800000000100000, 5", "100000e8, 9800000000100000, 4",
            "100000f0, 9800000000100000, 5" })
    void addressesOutsideOfTheUnmappedExtendedSegmentAreErrorsAlthoughItsPagesAreKnown(String status, String address,
            int code) {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | KX);
        machine().cpu.setGpr(8, xkphys(3, DATA_PHYSICAL));
        long other = Long.parseUnsignedLong(address, 16);
        machine().cpu.setGpr(20, other);
        machine().cpu.setGpr(16, Long.parseLong(status, 16));
        // in user mode the program goes on in the same page, mapped
        map(0, 0x40_0000, 0, lo(0x1_0000, V | D | G), lo(0x1_1000, V | D | G));
        String last = code == ExceptionCode.ADEL.code() ? "lw $v0, 8($t0)" : "sw $v0, 8($t0)";
        Assembler.Program program = prepare(
                WARM.replace("$s0", "$s2") + "or $t0, $s4, $zero\nla $t1, there\nandi $t1, $t1, 0xfff\n"
                        + "lui $t2, 0x40\nor $t1, $t1, $t2\nori $s1, $s0, 2\nmtc0 $s1, $12\n"
                        + "dmtc0 $t1, $14\neret\nthere: " + last + "\nnop" + END);
        go();
        assertThat(program.label("there") & -4096).isEqualTo(GuestMachine.CODE);
        assertThat(note().code()).isEqualTo(code);
        assertThat(note().badVAddr()).isEqualTo(other + 8);
    }

    @Test
    void unmappedExtendedSegmentBeyondItsAliasesIsNotTheSameMemory() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | KX);
        machine().cpu.setGpr(8, xkphys(3, DATA_PHYSICAL));
        machine().cpu.setGpr(9, xkphys(3, DATA_PHYSICAL | 0x2000_0000L));
        machine().cpu.setGpr(10, xkphys(3, DATA_PHYSICAL | 0x1_0000_0000L));
        run(WARM.replace("$t1", "$t5").replace("$t2", "$t6")
                + "lw $v0, 12($t1)\nlw $v1, 12($t2)\nsw $s7, 12($t1)\nlw $a0, 12($t0)\n" + END);
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isZero();
        assertThat(gpr(3)).isZero();
        assertThat(gpr(4)).isEqualTo(60);
    }

    @Test
    void codeOverwrittenThroughTheUnmappedExtendedSegmentRunsAsWritten() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | KX);
        Assembler.Program program = prepare("""
                        li    $s1, 20
                round:  li    $s0, 60
                again:  jal   spot
                        addiu $s0, $s0, -1
                        bne   $s0, $zero, again
                        lw    $t1, 0($t0)
                        addiu $t1, $t1, 1
                        sw    $t1, 0($t0)
                        addiu $s1, $s1, -1
                        bne   $s1, $zero, round
                        lw    $t2, 0x1000($t0)
                        sw    $zero, STOP($gp)
                        nop
                spot:   addiu $v0, $v0, 1
                        jr    $ra
                        nop
                """);
        machine().cpu.setGpr(8, xkphys(3, program.label("spot") & 0x1fff_ffff));
        go();
        assertThat(notes()).isEmpty();
        assertThat(gpr(2)).isEqualTo(60 * 20 * 21 / 2);
    }

    @ParameterizedTest
    @CsvSource({ "0000001200300000, 30", "4000001200300000, 48", "c000001200300000, 80" })
    void codeRunsFromTheMappedExtendedSegments(String address, String status) {
        long base = Long.parseUnsignedLong(address, 16);
        machine().load(WANDERER + "syscall", 0xffff_ffff_8030_0000L);
        machine().load("syscall", 0xffff_ffff_8030_1100L);
        map(0, base, 0, lo(0x30_0000, V | G), lo(0x30_1000, V | D | G));
        Cp0 cp0 = machine().cpu.cp0();
        cp0.write(Cp0.EPC, 0, base);
        machine().cpu.setGpr(24, base + 0x1000);
        Assembler.Program program = prepare("li $t0, 0x10000002\nori $t0, $t0, 0x" + status
                + "\nmtc0 $t0, $12\nla $t0, leave\neret\nleave: sw $zero, STOP($gp)\nnop");
        machine().cpu.setGpr(23, base + 0x1100);
        machine().load("lui $k0, 0x8000\nori $k0, $k0, 0x1000\nor $s7, $t0, $zero\njr $k0\nori $k1, $zero, 0x180",
                0xffff_ffff_8000_0180L);
        go();
        assertThat(program.words()).isNotEmpty();
        assertThat(note().code()).isEqualTo(ExceptionCode.SYS.code());
        assertThat(note().epc()).isEqualTo(base + 0x1100);
        assertThat(gpr(17)).isEqualTo(210);
        assertThat(gpr(18)).isEqualTo(base + 16);
    }

    @Test
    void fetchMissInAnExtendedSegmentUsesTheExtendedVector() {
        machine().cpu.cp0().write(Cp0.STATUS, 0, STATUS | 0x80);
        machine().cpu.setGpr(8, 0xc000_0012_0040_0000L);
        run("jr $t0\nnop" + END);
        assertThat(note().code()).isEqualTo(ExceptionCode.TLBL.code());
        assertThat(note().vector()).isEqualTo(0x80);
        assertThat(note().epc()).isEqualTo(0xc000_0012_0040_0000L);
        assertThat(note().badVAddr()).isEqualTo(0xc000_0012_0040_0000L);
        assertThat(note().entryHi()).isEqualTo(0xc000_0012_0040_0000L);
    }

    @Test
    void accessesNearTheSeamOfTheAddressSpaceGoWhereTheyBelong() {
        map(0, 0x7fff_e000, 0, lo(0x20_0000, V | D), lo(0x20_1000, V | D));
        machine().cpu.setGpr(8, 0x7fff_fff8);
        machine().cpu.setGpr(9, 0xffff_ffff_8000_0008L);
        run("""
                li  $t2, 5
                sw  $t2, 0($t0)
                lw  $s0, 0($t0)
                lw  $s0, 0($t0)
                sw  $t2, 0x2f00($t1)
                lw  $s1, 0x2f00($t1)
                lw  $s1, 0x2f00($t1)
                lw  $s2, 16($t0)
                """ + END);
        assertThat(gpr(16)).isEqualTo(5);
        assertThat(gpr(17)).isEqualTo(5);
        assertThat(machine().ram.read(0x20_1ff8, 4)).isEqualTo(5);
        assertThat(note().code()).as("0x80000008 is not sign-extended").isEqualTo(ExceptionCode.ADEL.code());
        assertThat(note().badVAddr()).isEqualTo(0x8000_0008L);
    }

    @Test
    void randomStaysAboveWired() {
        Cp0 cp0 = machine().cpu.cp0();
        for (int wired : new int[]{ 0, 8, 62, 63 }) {
            cp0.write(Cp0.WIRED, 0, wired);
            for (int i = 0; i < 300; i++) {
                assertThat(cp0.read(Cp0.RANDOM, 0)).isBetween((long) wired, 63L);
            }
        }
    }
}
