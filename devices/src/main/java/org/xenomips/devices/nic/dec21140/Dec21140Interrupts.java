package org.xenomips.devices.nic.dec21140;

import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR5;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR7;

import org.xenomips.device.InterruptLine;
import org.xenomips.device.RegisterFile;

/**
 * From causes in CSR5 over their enable bits in CSR7 to the interrupt line; and what the driver has shown of itself by the causes it
 * has enabled. For the deviations see {@link Dec21140Device}.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR5 and CSR7"
 */
final class Dec21140Interrupts {
    private static final int NORMAL = Csr5.TI.mask() | Csr5.TU.mask() | Csr5.RI.mask() | Csr5.ERI.mask();
    private static final int ABNORMAL = Csr5.TPS.mask() | Csr5.TJT.mask() | Csr5.UNF.mask() | Csr5.RU.mask()
            | Csr5.RPS.mask() | Csr5.RWT.mask() | Csr5.ETI.mask() | Csr5.GTE.mask() | Csr5.FBE.mask();
    private static final int SUMMARIES = Csr5.NIS.mask() | Csr5.AIS.mask();

    private final RegisterFile<Dec21140Device, Dec21140Registers> registers;
    private final InterruptLine line;
    private int enabledSinceReset;

    Dec21140Interrupts(RegisterFile<Dec21140Device, Dec21140Registers> registers, InterruptLine line) {
        this.registers = registers;
        this.line = line;
    }

    /** Software reset; the registers are reset by their owner. */
    void reset() {
        enabledSinceReset = 0;
        line.set(false);
    }

    /** Every bit that CSR7 has had since the last reset. */
    int enabledSinceReset() {
        return enabledSinceReset;
    }

    /** Continues with {@code enabled} as the bits that CSR7 has had, and with the registers as they are. */
    void restore(int enabled) {
        enabledSinceReset = enabled;
        update();
    }

    /** CSR7 was written. */
    void enable(int csr7) {
        enabledSinceReset |= csr7;
        update();
    }

    /** True if the driver has shown since the reset that it knows {@code cause}. */
    boolean reports(Csr5 cause) {
        return cause.isSet(enabledSinceReset);
    }

    /** True once the driver has programmed interrupts the way the chip wants. */
    boolean isProgrammed() {
        return enabledSinceReset != 0;
    }

    /** Raises {@code cause} for a driver that knows it. */
    void report(Csr5 cause) {
        if (reports(cause)) {
            raise(cause);
        }
    }

    void raise(Csr5 cause) {
        registers.setBits(CSR5, cause.mask());
        update();
    }

    /** Recomputes the summary bits and the interrupt line. */
    void update() {
        int csr5 = registers.get(CSR5) & ~SUMMARIES;
        int enabled = isProgrammed() ? registers.get(CSR7) : -1;
        boolean normal = (csr5 & enabled & NORMAL) != 0;
        boolean abnormal = (csr5 & enabled & ABNORMAL) != 0;
        csr5 |= (normal ? Csr5.NIS.mask() : 0) | (abnormal ? Csr5.AIS.mask() : 0);
        registers.set(CSR5, csr5);
        line.set(normal && Csr5.NIS.isSet(enabled) || abnormal && Csr5.AIS.isSet(enabled));
    }
}
