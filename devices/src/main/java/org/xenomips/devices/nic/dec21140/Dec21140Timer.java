package org.xenomips.devices.nic.dec21140;

import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR11;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR6;

import org.xenomips.device.RegisterFile;
import org.xenomips.devices.nic.NicEnvironment;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * The general-purpose timer behind CSR11.
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A Hardware Reference Manual, chapter 3, CSR11"
 */
final class Dec21140Timer {
    /** One count at 100 Mb/s: 2,048 clocks of the 25 MHz MII clock. */
    private static final long TICK_NS = 81_920;
    /** The MII clock is ten times slower at 10 Mb/s. */
    private static final long TICK_10_NS = 819_200;

    private final RegisterFile<Dec21140Device, Dec21140Registers> registers;
    private final Dec21140Interrupts interrupts;
    private final GuestClock clock;
    private final TimerQueue.Timer timer;

    Dec21140Timer(String chip, NicEnvironment environment, RegisterFile<Dec21140Device, Dec21140Registers> registers,
            Dec21140Interrupts interrupts) {
        this.registers = registers;
        this.interrupts = interrupts;
        clock = environment.clock();
        timer = environment.timers().timer(chip + " timer", this::expired);
    }

    /** CSR11 was written. */
    void set(int csr11) {
        if (Csr11.TIM.get(csr11) == 0) {
            timer.cancel();
        } else {
            timer.arm(clock.nowNs() + periodNs(csr11));
        }
    }

    private long periodNs(int csr11) {
        int csr6 = registers.get(CSR6);
        boolean slow = Csr6.PS.isSet(csr6) && Csr6.TTM.isSet(csr6);
        return Csr11.TIM.get(csr11) * (slow ? TICK_10_NS : TICK_NS);
    }

    private void expired() {
        int csr11 = registers.get(CSR11);
        if (Csr11.CON.isSet(csr11) && Csr11.TIM.get(csr11) != 0) {
            timer.arm(clock.nowNs() + periodNs(csr11));
        }
        interrupts.raise(Csr5.GTE);
    }

    /** Software reset. */
    void cancel() {
        timer.cancel();
    }

    /** When it expires, for a snapshot. */
    long deadlineNs() {
        return timer.deadlineNs();
    }

    /** Continues with a deadline from a snapshot. */
    void restore(long deadlineNs) {
        timer.arm(deadlineNs);
    }
}
