package org.xenomips.devices.serial;

import org.xenomips.device.InterruptLine;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.Resettable;
import org.xenomips.device.SerialPort;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.device.Snapshotable;
import org.xenomips.devices.serial.DuartRegisters.Command;
import org.xenomips.devices.serial.DuartRegisters.Interrupt;
import org.xenomips.devices.serial.DuartRegisters.Status;
import org.xenomips.time.GuestClock;
import org.xenomips.time.TimerQueue;

/**
 * Console (channel A) and AUX (channel B) port: the part of an SCN2681 that guests of this platform use.
 *
 * <p>Interrupts differ from the chip's, as guests expect:
 *
 * <ul>
 * <li>Characters that arrive while their mask bit is set raise their status bit and the line. If the mask bit is clear
 * they do not, then or later; status and holding register show them all the same.
 * <li>While the mask has a transmitter bit, both transmitter bits and the line are raised every 20 ms. The transmitter
 * itself is always ready.
 * <li>The line falls when status register A is read and by nothing else; the interrupt status bits stay until the
 * holding registers are used. It does not follow the mask, and the status bits are shown unmasked.
 * </ul>
 *
 * <p>Characters that arrived together are announced again, one character time apart, as long as some are left after a
 * read and the mask bit is set: a driver that takes one character per interrupt gets them all.
 *
 * <p>Thread: machine thread.
 */
public final class Duart implements Resettable, Snapshotable {
    /** Period of the transmitter interrupt, in guest nanoseconds. */
    static final long TICK_NS = 20_000_000;
    /** Time of a character at 9600 bits per second, in guest nanoseconds. */
    static final long CHARACTER_NS = 1_041_667;

    private static final int TRANSMITTERS = Interrupt.TXRDYA.mask() | Interrupt.TXRDYB.mask();

    private final SerialPort console;
    private final SerialPort aux;
    private final InterruptLine irq;
    private final GuestClock clock;
    private final TimerQueue.Timer tick;
    private final TimerQueue.Timer nextA;
    private final TimerQueue.Timer nextB;
    private final RegisterFile<Duart, DuartRegisters> registers;
    private int isr;
    private boolean asserted;

    /**
     * @param console port of channel A
     * @param aux port of channel B
     * @param irq driven high by an interrupt and low by a read of status register A
     */
    public Duart(SerialPort console, SerialPort aux, InterruptLine irq, TimerQueue timers, GuestClock clock) {
        this.console = console;
        this.aux = aux;
        this.irq = irq;
        this.clock = clock;
        this.tick = timers.timer("duart-tick", this::transmittersReady);
        this.nextA = timers.timer("duart-rx-a", () -> announceWaiting(console, Interrupt.RXRDYA));
        this.nextB = timers.timer("duart-rx-b", () -> announceWaiting(aux, Interrupt.RXRDYB));
        this.registers = new RegisterFile<>("DUART", this, DuartRegisters.class);
        console.onInput(() -> announceWaiting(console, Interrupt.RXRDYA));
        aux.onInput(() -> announceWaiting(aux, Interrupt.RXRDYB));
    }

    /** Reads the register at {@code offset} of the I/O FPGA (0x404..0x47C); 0 where there is none. */
    public int read(int offset) {
        return registers.read(offset);
    }

    /** Writes the register at {@code offset} of the I/O FPGA. */
    public void write(int offset, int value) {
        registers.write(offset, value);
    }

    /** True when reading {@code offset} now would change nothing and give the same value until an event. */
    public boolean isIdempotentRead(int offset) {
        DuartRegisters register = registers.at(offset);
        if (register == null) {
            return true;
        }
        return switch (register) {
            case SRA_CSRA -> !asserted && !console.hasInput();
            case RHRA_THRA -> !Interrupt.RXRDYA.isSet(isr) && !console.hasInput();
            case SRB_CSRB -> !aux.hasInput();
            case RHRB_THRB -> !Interrupt.RXRDYB.isSet(isr) && !aux.hasInput();
            default -> register.register().readIsPure();
        };
    }

    int readStatusA(int stored) {
        setLine(false);
        return status(console);
    }

    int statusB() {
        return status(aux);
    }

    private static int status(SerialPort port) {
        return Status.TXRDY.mask() | (port.hasInput() ? Status.RXRDY.mask() : 0);
    }

    int interruptStatus() {
        return isr;
    }

    void commandA(int command) {
        if (Command.DISABLE_TX.isSet(command)) {
            console.flush();
        }
    }

    void commandB(int command) {
        if (Command.DISABLE_TX.isSet(command)) {
            aux.flush();
        }
    }

    int receiveA() {
        return receive(console, Interrupt.RXRDYA, nextA);
    }

    int receiveB() {
        return receive(aux, Interrupt.RXRDYB, nextB);
    }

    private int receive(SerialPort port, Interrupt bit, TimerQueue.Timer next) {
        isr &= ~bit.mask();
        int character = port.read();
        if (port.hasInput() && bit.isSet(mask()) && next.deadlineNs() == TimerQueue.NEVER) {
            next.arm(clock.nowNs() + CHARACTER_NS);
        }
        return character;
    }

    int transmitA(int character) {
        console.write(character & 0xff);
        isr &= ~Interrupt.TXRDYA.mask();
        return 0;
    }

    /** Deviation: clears channel A's transmitter bit, not its own, as guests of this platform know it. */
    int transmitB(int character) {
        aux.write(character & 0xff);
        isr &= ~Interrupt.TXRDYA.mask();
        return 0;
    }

    /** Starts or stops the tick; its phase is fixed, so that a mask written again and again does not put it off. */
    void maskChanged() {
        if ((mask() & TRANSMITTERS) == 0) {
            tick.cancel();
        } else if (tick.deadlineNs() == TimerQueue.NEVER) {
            armTick();
        }
    }

    private void armTick() {
        tick.arm((clock.nowNs() / TICK_NS + 1) * TICK_NS);
    }

    private void transmittersReady() {
        isr |= TRANSMITTERS;
        setLine(true);
        armTick();
    }

    /** Not if a polling guest has read everything between the arrival and its announcement. */
    private void announceWaiting(SerialPort port, Interrupt bit) {
        if (port.hasInput()) {
            announce(bit);
        }
    }

    private void announce(Interrupt bit) {
        if (bit.isSet(mask())) {
            isr |= bit.mask();
            setLine(true);
        }
    }

    private int mask() {
        return registers.get(DuartRegisters.ISR_IMR);
    }

    private void setLine(boolean level) {
        asserted = level;
        irq.set(level);
    }

    /** Mask and status clear, line low; characters that wait stay. */
    @Override
    public void reset() {
        registers.reset();
        isr = 0;
        tick.cancel();
        nextA.cancel();
        nextB.cancel();
        setLine(false);
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("registers", registers);
        out.putInt("isr", isr);
        out.putBoolean("asserted", asserted);
        out.putLong("tick", tick.deadlineNs());
        out.putLong("nextA", nextA.deadlineNs());
        out.putLong("nextB", nextB.deadlineNs());
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("registers", registers);
        isr = in.getInt("isr");
        tick.arm(in.getLong("tick"));
        nextA.arm(in.getLong("nextA"));
        nextB.arm(in.getLong("nextB"));
        setLine(in.getBoolean("asserted"));
    }
}
