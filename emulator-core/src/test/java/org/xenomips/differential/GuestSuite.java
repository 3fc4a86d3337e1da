package org.xenomips.differential;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.xenomips.isa.Assembler;

/**
 * Many {@link GuestCase}s and the program that runs them on a Malta board: for each case it sets up the state, executes the code,
 * and prints one line with everything the code may have changed.
 *
 * <p>Conventions for the code of cases: $26, $27 (scratch of the program), $28 (address of the window), $29 (middle of the window) are
 * not written; $30 counts loops. A case ends by running off its end or by its {@value #EXCEPTIONS}th exception. Every
 * exception is logged.
 */
final class GuestSuite {
    /** Size of the memory window. */
    static final int WINDOW_DOUBLEWORDS = 32;
    /** Number of exceptions that are logged. */
    static final int EXCEPTIONS = 8;
    /** Status with which the program runs: CU1, CU0, FR. */
    static final int STATUS = 0x3400_0000;
    static final int STATUS_FR = 0x0400_0000;

    private static final long CODE = 0xffff_ffff_8010_0000L;
    private static final long VARIABLES = 0xffff_ffff_8050_0000L;
    private static final int SAVE = 0x100;
    private static final int DOUBLEWORDS_OF_GPR = 32;
    private static final int COUNT = 8 * (DOUBLEWORDS_OF_GPR + 3);
    private static final int FPR = COUNT + 8;
    private static final int WINDOW = FPR + 8 * 32;
    private static final int LOG = WINDOW + 8 * WINDOW_DOUBLEWORDS;
    private static final int LOG_DOUBLEWORDS = 8;

    private static final long RECORDS = 0xffff_ffff_8052_0000L;
    private static final int R_HI = 8 * 32;
    private static final int R_FPR = R_HI + 16;
    private static final int R_WINDOW = R_FPR + 8 * 32;
    private static final int R_FCR31 = R_WINDOW + 8 * WINDOW_DOUBLEWORDS;
    private static final int R_STATUS = R_FCR31 + 8;
    private static final int R_CODE = R_STATUS + 8;
    private static final int R_RESUME = R_CODE + 8;
    private static final int R_BYTES = R_RESUME + 8;

    private static final List<String> LOG_NAMES = List.of("vector", "Cause", "EPC", "BadVAddr", "EntryHi", "Context",
            "XContext", "Status");

    private GuestSuite() {}

    /** Address of the memory window. */
    static long windowAddress() {
        return VARIABLES + SAVE + WINDOW;
    }

    /** The program that runs {@code cases} on a processor with {@code tlbEntries}. */
    static GuestImage build(List<GuestCase> cases, int tlbEntries) {
        var text = new StringBuilder(monitor(tlbEntries));
        for (int i = 0; i < cases.size(); i++) {
            text.append(".align 3\n@code:\n".replace("@", prefix(i)));
            for (List<String> item : cases.get(i).items()) {
                for (String line : item) {
                    text.append(line.replace("@", prefix(i))).append('\n');
                }
            }
            text.append("j done\nnop\n");
        }
        Assembler.Program program = Assembler.assemble(text.toString(), CODE);
        ByteBuffer records = ByteBuffer.allocate(cases.size() * R_BYTES);
        for (int i = 0; i < cases.size(); i++) {
            write(records.slice(i * R_BYTES, R_BYTES), cases.get(i), program, i);
        }
        ByteBuffer variables = ByteBuffer.allocate(16).putLong(RECORDS).putLong(RECORDS + records.capacity());
        return new GuestImage(CODE, List.of(new GuestImage.Segment(CODE, program.bytes()),
                new GuestImage.Segment(VARIABLES, variables.array()),
                new GuestImage.Segment(RECORDS, records.array())));
    }

    /** The result lines in what a run printed; other lines are noise of the board. */
    static List<String> results(List<String> lines) {
        return lines.stream().map(String::strip).filter(line -> line.matches("[0-9a-f]+( [0-9a-f]+){60,}")).toList();
    }

    /** Describes where two results of a case differ; empty if they do not. */
    static String difference(String expected, String actual) {
        if (expected.equals(actual)) {
            return "";
        }
        String[] left = expected.split(" ", -1);
        String[] right = actual.split(" ", -1);
        var differences = new ArrayList<String>();
        for (int i = 0; i < Math.max(left.length, right.length); i++) {
            String l = i < left.length ? left[i] : "-";
            String r = i < right.length ? right[i] : "-";
            if (!l.equals(r)) {
                differences.add("%s: expected %s, was %s".formatted(name(i), l, r));
            }
        }
        return String.join("\n    ", differences);
    }

    private static String name(int index) {
        int fpr = (FPR - COUNT) / 8 + COUNT / 8;
        if (index < DOUBLEWORDS_OF_GPR) {
            return "$" + index;
        }
        if (index < fpr) {
            return List.of("HI", "LO", "FCR31", "exceptions").get(index - DOUBLEWORDS_OF_GPR);
        }
        if (index < fpr + 32) {
            return "f" + (index - fpr);
        }
        int log = LOG / 8;
        if (index < log) {
            return "window+" + 8 * (index - fpr - 32);
        }
        return "exception %d %s".formatted((index - log) / LOG_DOUBLEWORDS,
                LOG_NAMES.get((index - log) % LOG_DOUBLEWORDS));
    }

    private static String prefix(int caseIndex) {
        return "case" + caseIndex + "_";
    }

    private static void write(ByteBuffer record, GuestCase guestCase, Assembler.Program program, int index) {
        for (int i = 0; i < 32; i++) {
            record.putLong(8 * i, guestCase.gpr()[i]).putLong(R_FPR + 8 * i, guestCase.fpr()[i]);
        }
        record.putLong(8 * 28, windowAddress())
                .putLong(8 * 29, windowAddress() + 4 * WINDOW_DOUBLEWORDS)
                .putLong(8 * 30, 0);
        record.putLong(R_HI, guestCase.hiLo()[0]).putLong(R_HI + 8, guestCase.hiLo()[1]);
        for (int i = 0; i < WINDOW_DOUBLEWORDS; i++) {
            record.putLong(R_WINDOW + 8 * i, guestCase.window()[i]);
        }
        record.putLong(R_FCR31, guestCase.fcr31()).putLong(R_STATUS, guestCase.status());
        record.putLong(R_CODE, program.label(prefix(index) + "code"));
        record.putLong(R_RESUME,
                guestCase.resume().isEmpty() ? 0 : program.label(prefix(index) + guestCase.resume()));
    }

    /** The program around the cases. */
    private static String monitor(int tlbEntries) {
        String text = constants(tlbEntries) + START + NEXT_CASE + each(1, 25, "ld $%1$d, %2$d(k0)") + """
                ld gp, 224(k0)
                ld sp, 232(k0)
                ld s8, 240(k0)
                ld ra, 248(k0)
                ld k1, R_CODE(k0)
                jr k1
                nop
                done:
                la k0, SAVE
                """ + each(1, 25, "sd $%1$d, %2$d(k0)") + """
                sd gp, 224(k0)
                sd sp, 232(k0)
                sd s8, 240(k0)
                sd ra, 248(k0)
                """ + SAVE_REST + PRINT + HANDLER;
        return text.replace("LOAD_EVEN", eachFpr(0, "ldc1 f%1$d, %2$d(t7)"))
                .replace("LOAD_ODD",
                        eachFpr(1, "ldc1 f%1$d, %2$d(t7)"))
                .replace("SAVE_EVEN", eachFpr(0, "sdc1 f%1$d, %2$d(t7)"))
                .replace("CLEAR_ODD", eachFpr(1, "sd zero, %2$d(t7)"))
                .replace("SAVE_ODD", eachFpr(1, "sdc1 f%1$d, %2$d(t7)"));
    }

    private static String constants(int tlbEntries) {
        return """
                CURRENT = %s
                END = CURRENT + 8
                SCRATCH = CURRENT + 16
                SAVE = CURRENT + %d
                COUNT = %d
                FPR = %d
                WINDOW = %d
                LOG = %d
                WINDOW_DOUBLEWORDS = %d
                EXCEPTIONS = %d
                TLB_ENTRIES = %d
                R_HI = %d
                R_FPR = %d
                R_WINDOW = %d
                R_FCR31 = %d
                R_STATUS = %d
                R_CODE = %d
                R_RESUME = %d
                STATUS = %s
                """.formatted("0x%x".formatted(VARIABLES), SAVE, COUNT, FPR, WINDOW, LOG, WINDOW_DOUBLEWORDS,
                EXCEPTIONS,
                tlbEntries, R_HI, R_FPR, R_WINDOW, R_FCR31, R_STATUS, R_CODE, R_RESUME,
                "0x%x".formatted((long) STATUS));
    }

    private static String each(int first, int last, String format) {
        var text = new StringBuilder();
        for (int i = first; i <= last; i++) {
            text.append(format.formatted(i, 8 * i)).append('\n');
        }
        return text.toString();
    }

    private static String eachFpr(int first, String format) {
        var text = new StringBuilder();
        for (int i = first; i < 32; i += 2) {
            text.append(format.formatted(i, 8 * i)).append('\n');
        }
        return text.toString();
    }

    private static final String START = """
            start:
            li t0, STATUS
            mtc0 t0, c0_status
            mtc0 zero, c0_cause
            nop
            nop
            nop
            la t0, stub_000
            lui t1, 0x8000
            li t2, 4
            copy:
            lw t3, 0(t0)
            sw t3, 0(t1)
            lw t3, 16(t0)
            sw t3, 0x80(t1)
            lw t3, 32(t0)
            sw t3, 0x180(t1)
            addiu t0, t0, 4
            addiu t2, t2, -1
            bnez t2, copy
            addiu t1, t1, 4
            b next
            nop
            stub_000:
            lui k0, %hi(handler)
            addiu k0, k0, %lo(handler)
            jr k0
            addiu k1, zero, 0x000
            lui k0, %hi(handler)
            addiu k0, k0, %lo(handler)
            jr k0
            addiu k1, zero, 0x080
            lui k0, %hi(handler)
            addiu k0, k0, %lo(handler)
            jr k0
            addiu k1, zero, 0x180
            """;

    private static final String NEXT_CASE = """
            next:
            la k1, CURRENT
            ld k0, 0(k1)
            ld t1, 8(k1)
            beq k0, t1, finish
            li t1, STATUS
            mtc0 t1, c0_status
            mtc0 zero, c0_pagemask
            dmtc0 zero, c0_entrylo0
            dmtc0 zero, c0_entrylo1
            mtc0 zero, c0_wired
            li t1, TLB_ENTRIES-1
            tlb:
            mtc0 t1, c0_index
            sll t2, t1, 13
            lui t3, 0x8000
            addu t2, t2, t3
            dmtc0 t2, c0_entryhi
            nop
            nop
            tlbwi
            nop
            bnez t1, tlb
            addiu t1, t1, -1
            dmtc0 zero, c0_entryhi
            dmtc0 zero, c0_context
            dmtc0 zero, c0_xcontext
            la t2, SAVE+WINDOW
            addiu t3, k0, R_WINDOW
            li t4, WINDOW_DOUBLEWORDS
            window:
            ld t5, 0(t3)
            sd t5, 0(t2)
            addiu t3, t3, 8
            addiu t4, t4, -1
            bnez t4, window
            addiu t2, t2, 8
            la t2, SAVE
            sd zero, COUNT(t2)
            ld t1, R_STATUS(k0)
            mtc0 t1, c0_status
            nop
            nop
            nop
            ctc1 zero, fcr31
            addiu t7, k0, R_FPR
            LOAD_EVEN
            sll t2, t1, 5
            bgez t2, loaded
            nop
            LOAD_ODD
            loaded:
            ld t1, R_FCR31(k0)
            ctc1 t1, fcr31
            ld t1, R_HI(k0)
            mthi t1
            ld t1, R_HI+8(k0)
            mtlo t1
            """;

    private static final String SAVE_REST = """
            sd zero, 0(k0)
            sd zero, 208(k0)
            sd zero, 216(k0)
            mfhi t0
            sd t0, 256(k0)
            mflo t0
            sd t0, 264(k0)
            la k1, CURRENT
            ld t1, 0(k1)
            ld t1, R_STATUS(t1)
            mtc0 t1, c0_status
            nop
            nop
            nop
            cfc1 t0, fcr31
            sd t0, 272(k0)
            addiu t7, k0, FPR
            SAVE_EVEN
            CLEAR_ODD
            sll t2, t1, 5
            bgez t2, saved
            nop
            SAVE_ODD
            saved:
            """;

    private static final String PRINT = """
            la t0, SAVE
            ld t1, COUNT(t0)
            sll t1, t1, 6
            addiu t1, t1, LOG
            addu t1, t1, t0
            la t8, digits
            lui t9, 0xb800
            value:
            ld t2, 0(t0)
            bnez t2, digit
            li t5, 60
            move t5, zero
            digit:
            dsrlv t3, t2, t5
            andi t3, t3, 15
            addu t3, t3, t8
            lbu t4, 0(t3)
            addiu t5, t5, -4
            bgez t5, digit
            sb t4, 0x3f8(t9)
            li t4, 32
            sb t4, 0x3f8(t9)
            addiu t0, t0, 8
            bne t0, t1, value
            nop
            li t4, 10
            sb t4, 0x3f8(t9)
            la k1, CURRENT
            ld t0, 0(k1)
            addiu t0, t0, R_RESUME+8
            b next
            sd t0, 0(k1)
            finish:
            lui t1, 0xbf00
            li t0, 0x42
            sw t0, 0x500(t1)
            forever:
            b forever
            nop
            digits:
            .ascii "0123456789abcdef"
            """;

    /** Logs the exception whose vector is in $27; what an exception of its kind leaves undefined is logged as 0. */
    private static final String HANDLER = """
            handler:
            la k0, SCRATCH
            sd t0, 0(k0)
            sd t1, 8(k0)
            sd t2, 16(k0)
            sd t3, 24(k0)
            sd t4, 32(k0)
            sd t5, 40(k0)
            sd t6, 48(k0)
            la t0, SAVE
            ld t1, COUNT(t0)
            sltiu t2, t1, EXCEPTIONS
            beqz t2, give_up
            sll t2, t1, 6
            addu t2, t2, t0
            addiu t2, t2, LOG
            addiu t1, t1, 1
            sd t1, COUNT(t0)
            sd k1, 0(t2)
            mfc0 t3, c0_cause
            andi t4, t3, 0x7c
            li t5, 0x2c
            beq t4, t5, with_unit
            lui t6, 0xb000
            lui t6, 0x8000
            with_unit:
            and t6, t6, t3
            or t6, t6, t4
            sd t6, 8(t2)
            dmfc0 t5, c0_epc
            sd t5, 16(t2)
            sd zero, 24(t2)
            sd zero, 32(t2)
            sd zero, 40(t2)
            sd zero, 48(t2)
            mfc0 t5, c0_status
            andi t5, t5, 0x1f
            sd t5, 56(t2)
            addiu t5, t4, -4
            sltiu t6, t5, 20
            beqz t6, logged
            sltiu t6, t5, 12
            dmfc0 t5, c0_badvaddr
            sd t5, 24(t2)
            beqz t6, logged
            nop
            dmfc0 t5, c0_entryhi
            sd t5, 32(t2)
            dmfc0 t5, c0_context
            sd t5, 40(t2)
            dmfc0 t5, c0_xcontext
            sd t5, 48(t2)
            logged:
            la t5, CURRENT
            ld t5, 0(t5)
            ld t6, R_RESUME(t5)
            bnez t6, elsewhere
            nop
            bltz t3, give_up
            nop
            dmfc0 t6, c0_epc
            addiu t6, t6, 4
            dmtc0 t6, c0_epc
            b return
            nop
            give_up:
            la t6, done
            la t5, CURRENT
            ld t5, 0(t5)
            elsewhere:
            ld t5, R_STATUS(t5)
            ori t5, t5, 2
            mtc0 t5, c0_status
            dmtc0 t6, c0_epc
            return:
            la k0, SCRATCH
            ld t0, 0(k0)
            ld t1, 8(k0)
            ld t2, 16(k0)
            ld t3, 24(k0)
            ld t4, 32(k0)
            ld t5, 40(k0)
            ld t6, 48(k0)
            eret
            nop
            """;
}
