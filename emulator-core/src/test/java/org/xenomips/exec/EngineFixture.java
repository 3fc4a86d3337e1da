package org.xenomips.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.xenomips.cpu.Cp0;
import org.xenomips.cpu.CpuModel;
import org.xenomips.isa.Assembler;

/**
 * What the suites of engine tests share: a machine, and an exception handler in the guest that notes what it sees and continues at
 * {@code $s7}. A subclass of a suite names the engine.
 */
public abstract class EngineFixture {
    /** Where most programs have scratch memory, in kseg0. */
    protected static final long DATA = 0xffff_ffff_8010_0000L;
    /** {@link #DATA} as a physical address. */
    protected static final long DATA_PHYSICAL = 0x10_0000L;
    /** Coprocessor 0 usable, everything else off, vectors in RAM. */
    protected static final int STATUS = 0x1000_0000;

    private static final long VECTORS = 0xffff_ffff_8000_0000L;
    private static final long BOOT_VECTORS = 0xffff_ffff_bfc0_0200L;
    private static final long HANDLER = 0xffff_ffff_8000_1000L;
    private static final int NEXT_NOTE = 0x2000;
    private static final int NOTES = 0x3000;
    private static final int NOTE_LENGTH = 64;
    private static final String PRELUDE = """
            STOP = 0
            LOG = 8
            COUNTER = 16
            REGISTER = 24
            LINES = 32
            DMA = 40
            NMI = 48
            """;
    private static final String HANDLER_SOURCE = """
            lui   $k0, 0x8000
            lw    $k0, 0x2000($k0)
            sd    $k1, 0($k0)
            mfc0  $k1, $13
            sd    $k1, 8($k0)
            dmfc0 $k1, $14
            sd    $k1, 16($k0)
            dmfc0 $k1, $8
            sd    $k1, 24($k0)
            mfc0  $k1, $12
            sd    $k1, 32($k0)
            dmfc0 $k1, $10
            sd    $k1, 40($k0)
            dmfc0 $k1, $4
            sd    $k1, 48($k0)
            dmfc0 $k1, $20
            sd    $k1, 56($k0)
            addiu $k0, $k0, 64
            lui   $k1, 0x8000
            sw    $k0, 0x2000($k1)
            mfc0  $k1, $12
            srl   $k1, $k1, 5
            sll   $k1, $k1, 5
            ori   $k1, $k1, 2
            mtc0  $k1, $12
            dmtc0 $s7, $14
            eret
            """;

    private @Nullable GuestMachine current;

    /**
     * What the handler noted.
     *
     * @param vector offset of the vector; with 0x1000 added if it was a bootstrap vector
     */
    public record Note(int vector, int cause, long epc, long badVAddr, int status, long entryHi, long context,
            long xcontext) {
        /** Cause.ExcCode. */
        public int code() {
            return cause >>> 2 & 31;
        }

        /** Cause.BD. */
        public boolean inSlot() {
            return cause < 0;
        }

        /** Cause.CE. */
        public int coprocessor() {
            return cause >>> 28 & 3;
        }
    }

    /** The engine under test. */
    protected abstract ExecutionEngineFactory factory();

    @BeforeEach
    void create() {
        prepare(new GuestMachine(factory()));
    }

    @AfterEach
    void close() {
        machine().close();
    }

    /** The machine of this test. */
    protected GuestMachine machine() {
        return Objects.requireNonNull(current);
    }

    /** Replaces the machine by one with another processor. */
    protected GuestMachine machine(CpuModel model) {
        close();
        return prepare(new GuestMachine(factory(), model));
    }

    private GuestMachine prepare(GuestMachine machine) {
        current = machine;
        machine.load(HANDLER_SOURCE, HANDLER);
        for (int offset : new int[]{ 0, 0x80, 0x180, 0x200 }) {
            String stub = "lui $k0, 0x8000\nori $k0, $k0, 0x1000\njr $k0\n";
            machine.load(stub + "ori $k1, $zero, " + offset, VECTORS + offset);
            machine.load(stub + "ori $k1, $zero, " + (0x1000 + offset), BOOT_VECTORS + offset);
        }
        forget();
        machine.cpu.cp0().write(Cp0.STATUS, 0, STATUS);
        machine.cpu.setGpr(28, 0xffff_ffff_a000_0000L | GuestMachine.DEVICE);
        return machine;
    }

    /** Drops the handler's notes. */
    protected void forget() {
        machine().ram.write(NEXT_NOTE, 4, VECTORS + NOTES);
    }

    /** What the handler noted since the last {@link #forget}. */
    protected List<Note> notes() {
        var notes = new ArrayList<Note>();
        var ram = machine().ram;
        int end = (int) ram.read(NEXT_NOTE, 4) & 0x1fff_ffff;
        for (int at = NOTES; at < end; at += NOTE_LENGTH) {
            notes.add(new Note((int) ram.read(at, 8), (int) ram.read(at + 8, 8), ram.read(at + 16, 8),
                    ram.read(at + 24, 8),
                    (int) ram.read(at + 32, 8), ram.read(at + 40, 8), ram.read(at + 48, 8), ram.read(at + 56, 8)));
        }
        return notes;
    }

    /** The only note. */
    protected Note note() {
        assertThat(notes()).hasSize(1);
        return notes().getFirst();
    }

    /** Puts {@code source} at the usual place, to run next; {@code $s7} is set to its label {@code resume} if it has one. */
    protected Assembler.Program prepare(String source) {
        Assembler.Program program = machine().start(PRELUDE + source);
        Long resume = program.symbols().get("resume");
        machine().cpu.setGpr(23, resume == null ? 0 : resume);
        return program;
    }

    /** Runs {@code source} from kseg0 with {@code $gp} at the device, until it writes STOP. */
    protected Assembler.Program run(String source) {
        Assembler.Program program = prepare(source);
        go();
        return program;
    }

    /** Continues until the program stops. */
    protected void go() {
        assertThat(machine().run(20_000_000)).as("the program stopped; %s, %s", machine().cpu, notes()).isTrue();
    }

    /** General register {@code number}. */
    protected long gpr(int number) {
        return machine().cpu.gpr(number);
    }

    /** Writes a TLB entry: a pair of pages of the size that {@code mask} means. */
    protected void map(int index, long virtual, int mask, int lo0, int lo1) {
        Cp0 cp0 = machine().cpu.cp0();
        long entryHi = cp0.read(Cp0.ENTRY_HI, 0);
        cp0.write(Cp0.INDEX, 0, index);
        cp0.write(Cp0.PAGE_MASK, 0, mask);
        cp0.write(Cp0.ENTRY_HI, 0, virtual);
        cp0.write(Cp0.ENTRY_LO0, 0, lo0);
        cp0.write(Cp0.ENTRY_LO1, 0, lo1);
        cp0.tlbWriteIndexed();
        cp0.write(Cp0.ENTRY_HI, 0, entryHi);
    }

    /** An EntryLo value; {@code flags} is a sum of G = 1, V = 2, D = 4. */
    protected static int lo(long physical, int flags) {
        return (int) (physical >>> 12) << 6 | 3 << 3 | flags;
    }
}
