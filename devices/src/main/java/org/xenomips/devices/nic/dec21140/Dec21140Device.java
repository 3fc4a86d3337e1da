package org.xenomips.devices.nic.dec21140;

import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR0;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR3;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR4;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR6;
import static org.xenomips.devices.nic.dec21140.Dec21140Registers.CSR8;

import org.jspecify.annotations.Nullable;
import org.xenomips.bits.Bits;
import org.xenomips.device.MmioDevice;
import org.xenomips.device.RegisterFile;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.devices.nic.NetworkController;
import org.xenomips.devices.nic.NicEnvironment;
import org.xenomips.devices.nic.PacketPath;
import org.xenomips.devices.nic.PacketPath.Step;
import org.xenomips.net.NetworkLink;
import org.xenomips.pci.BarWindow;
import org.xenomips.pci.ConfigSpace;

/**
 * DEC 21140 Fast Ethernet controller: step 3 of a received frame's way (is the receiver on, is the frame for us), and everything
 * else that is not a ring.
 *
 * <p>It serves drivers written for the chip and software written for compatible machines that model less of it. Where the two
 * disagree the chip tells them apart by what they do:
 *
 * <ul>
 * <li>Deviation: until CSR7 is first written with a value other than 0 after a reset, every cause interrupts. From then on CSR7
 * gates as documented, and frames are padded to 60 bytes on transmission as documented.
 * <li>Deviation: TU, TPS, RU, RPS, the suspended states and the missed frame count are reported only if CSR7 has enabled the bit
 * (for the count: RU) at some time since the reset. Software that never asks for them would not clear them.
 * <li>Deviation: descriptors are also polled without a poll demand, see {@link TransmitPoller}.
 * <li>Two kinds of MII management, see {@link MiiPort}, and of configuration header, see {@link ConfigSpace}.
 * <li>Deviation: the status of a setup descriptor becomes 0, not 0x7fff_ffff; broadcast always passes, see
 * {@link AddressFilter}; the frame type, runt and too-long bits of a receive descriptor are never set.
 * </ul>
 *
 * <p>Thread: machine thread.
 *
 * @see "Digital Semiconductor 21140A PCI Fast Ethernet LAN Controller Hardware Reference Manual"
 */
public final class Dec21140Device implements NetworkController, MmioDevice {
    private static final int VENDOR_DEVICE = 0x0009_1011;
    /** Ethernet controller, revision 1.1. */
    private static final int CLASS_REVISION = 0x0200_0011;
    private static final int CBIO = 0x10;
    private static final int CBMA = 0x14;
    private static final int CFDA = 0x40;
    private static final int WINDOW = 128;
    /** What compatible machines decode before anybody asks for the size. */
    private static final int BARE_WINDOW = 0x2_0000;

    private static final int STATE_STOPPED = 0;
    private static final int STATE_READY = 3;
    private static final int STATE_SUSPENDED = 4;
    private static final int TS_SUSPENDED = 6;

    /** Longest frame the chip stores or sends, in bytes without CRC; drivers take a longer one for an error. */
    static final int LONGEST_FRAME = 2047;
    /** Shorter frames have no destination address. */
    private static final int SHORTEST_FRAME = 6;

    private final NicEnvironment environment;
    private final String chip;
    private final ConfigSpace config;
    private final RegisterFile<Dec21140Device, Dec21140Registers> registers;
    private final Dec21140Dma dma;
    private final Dec21140RxRing rxRing;
    private final Dec21140TxRing txRing;
    private final TransmitPoller poller;
    private final AddressFilter filter = new AddressFilter();
    private final MiiPort mii = new MiiPort();
    private final SerialRom serialRom;
    private final PacketPath path = new PacketPath();
    private final Dec21140Interrupts interrupts;
    private final Dec21140Timer timer;
    private @Nullable NetworkLink link;
    private boolean rxSuspended;
    private boolean txSuspended;

    /** A chip as after power-on, with nothing plugged in. */
    public Dec21140Device(NicEnvironment environment) {
        this.environment = environment;
        chip = "dec21140 " + environment.name();
        registers = new RegisterFile<>(chip, this, Dec21140Registers.class);
        dma = new Dec21140Dma(environment.memory(), environment.byteSwap());
        rxRing = new Dec21140RxRing(dma);
        txRing = new Dec21140TxRing(dma, this);
        poller = new TransmitPoller(chip, environment.timers(), environment.clock(), this::runTransmit);
        serialRom = new SerialRom(environment.mac());
        interrupts = new Dec21140Interrupts(registers, environment.interrupt());
        timer = new Dec21140Timer(chip, environment, registers, interrupts);
        config = ConfigSpace.of(VENDOR_DEVICE, CLASS_REVISION)
                .command(0x0147)
                .status(0x0280)
                .interrupt(1, 0x14, 0x28)
                .ioBar(CBIO, WINDOW, BarWindow.unreachable())
                .memoryBar(CBMA, WINDOW, BARE_WINDOW, BarWindow.of(environment.memory(), chip, this))
                .storage(CFDA, 0xc000_ff00)
                .build();
    }

    @Override
    public PacketPath packetPath() {
        return path;
    }

    @Override
    public int vendorDevice() {
        return config.vendorDevice();
    }

    @Override
    public int configRead(int register) {
        return config.configRead(register);
    }

    @Override
    public void configWrite(int register, int value) {
        config.configWrite(register, value);
    }

    @Override
    public void connect(@Nullable NetworkLink newLink) {
        link = newLink;
        mii.setLink(newLink != null && newLink.port().linkUp());
    }

    @Override
    public void linkChanged(boolean up) {
        mii.setLink(up);
    }

    @Override
    public void remove() {
        connect(null);
        reset();
    }

    @Override
    public void reset() {
        config.reset();
        mii.reset();
        softwareReset();
    }

    /** What CSR0.SWR does: everything but configuration space, the PHY's registers and the link. */
    private void softwareReset() {
        registers.reset();
        rxSuspended = false;
        txSuspended = false;
        rxRing.setBase(0);
        txRing.setBase(0);
        poller.reset();
        timer.cancel();
        filter.clear();
        mii.idle();
        serialRom.idle();
        interrupts.reset();
    }

    // ---- register window

    @Override
    public long read(int offset, int sizeBytes) {
        if (dma.isActive()) {
            return 0;
        }
        if (!environment.byteSwap().getAsBoolean()) {
            return Integer.toUnsignedLong(registers.read(offset));
        }
        long value = Integer.toUnsignedLong(registers.read(offset & ~3)) >>> 8 * (offset & 3);
        return Bits.swapBytes(value, sizeBytes);
    }

    @Override
    public void write(int offset, int sizeBytes, long value) {
        if (!dma.isActive()) {
            registers.write(offset,
                    (int) (environment.byteSwap().getAsBoolean() ? Bits.swapBytes(value, sizeBytes) : value));
        }
    }

    @Override
    public boolean isIdempotentRead(int offset) {
        return registers.readIsPure(offset);
    }

    void busModeWritten(int csr0) {
        if (Csr0.SWR.isSet(csr0)) {
            softwareReset();
            registers.set(CSR0, csr0);
        } else {
            poller.setAutomaticPolling(Csr0.TAP.get(busMode()));
        }
    }

    /** CSR0, taken as 0 while nobody has set it: its reset value would be a strange configuration. */
    private int busMode() {
        int csr0 = registers.get(CSR0);
        return csr0 == Dec21140Registers.Values.CSR0_RESET ? 0 : csr0;
    }

    void transmitPollDemand() {
        if (isTransmitting()) {
            poller.demanded();
            runTransmit();
        }
    }

    void receivePollDemand() {
        if (rxSuspended && isReceiving()) {
            dma.begin(busMode());
            rxSuspended = !rxRing.isAvailable();
            dma.end();
        }
    }

    void receiveListWritten(int csr3) {
        rxRing.setBase(csr3);
        rxSuspended = false;
    }

    void transmitListWritten(int csr4) {
        txRing.setBase(csr4);
        txSuspended = false;
        if (isTransmitting()) {
            poller.active();
        }
    }

    int statusRead(int stored) {
        int csr6 = registers.get(CSR6);
        int rs = !Csr6.SR.isSet(csr6)
                ? STATE_STOPPED
                : rxSuspended && interrupts.reports(Csr5.RU) ? STATE_SUSPENDED : STATE_READY;
        int ts = !Csr6.ST.isSet(csr6)
                ? STATE_STOPPED
                : txSuspended && interrupts.reports(Csr5.TU) ? TS_SUSPENDED : STATE_READY;
        return Csr5.TS.with(Csr5.RS.with(stored, rs), ts);
    }

    /** Acts on the edges of the start bits before the new value is stored. */
    int operationModeStored(int stored, int written) {
        int readOnly = Csr6.HP.mask() | Csr6.HO.mask() | Csr6.IF.mask();
        if (Csr6.SR.isSet(stored) && !Csr6.SR.isSet(written)) {
            rxSuspended = false;
            interrupts.report(Csr5.RPS);
        }
        if (Csr6.ST.isSet(stored) && !Csr6.ST.isSet(written)) {
            txSuspended = false;
            poller.stop();
            interrupts.report(Csr5.TPS);
        } else if (!Csr6.ST.isSet(stored) && Csr6.ST.isSet(written)) {
            poller.active();
        }
        return stored & readOnly | written & ~readOnly;
    }

    void operationModeWritten(int csr6) {
        if (Csr6.ST.isSet(csr6) && !txSuspended) {
            runTransmit();
        }
    }

    void interruptEnableWritten(int csr7) {
        interrupts.enable(csr7);
    }

    int serialPinsRead(int stored) {
        boolean dataOut = Csr9.SR.isSet(stored) && serialRom.output();
        boolean management = Csr9.MII.isSet(stored) && mii.output();
        return stored | (dataOut ? Csr9.DO.mask() : 0) | (management ? Csr9.MDI.mask() : 0);
    }

    void serialPinsWritten(int csr9) {
        serialRom.drive(csr9);
        mii.drive(csr9);
    }

    void timerWritten(int csr11) {
        timer.set(csr11);
    }

    /** True once the driver has programmed interrupts the way the chip wants. */
    boolean isProgrammed() {
        return interrupts.isProgrammed();
    }

    void raise(Csr5 cause) {
        interrupts.raise(cause);
    }

    /** Causes in CSR5 have been cleared. */
    void updateInterrupt() {
        interrupts.update();
    }

    // ---- receive

    private boolean isReceiving() {
        return Csr6.SR.isSet(registers.get(CSR6)) && registers.get(CSR3) != 0;
    }

    @Override
    public void receive(byte[] frame, int length) {
        path.count(Step.RX_OFFERED);
        if (Csr6.OM.get(registers.get(CSR6)) != 0) {
            path.count(Step.RX_OFF);
        } else {
            accept(frame, length);
        }
    }

    /** Filters and stores a frame from the link or the loopback. */
    private void accept(byte[] frame, int length) {
        if (!isReceiving()) {
            path.count(Step.RX_OFF);
            return;
        }
        if (length > LONGEST_FRAME || length < SHORTEST_FRAME) {
            path.count(Step.RX_BAD_LENGTH);
            return;
        }
        int csr6 = registers.get(CSR6);
        long destination = AddressFilter.destination(frame);
        boolean group = AddressFilter.isGroup(destination);
        boolean wanted = filter.accepts(destination) || group && Csr6.PM.isSet(csr6);
        boolean all = Csr6.RA.isSet(csr6);
        if (!wanted && !all && !Csr6.PR.isSet(csr6)) {
            path.count(Step.RX_FILTERED);
            return;
        }
        int status = (group ? Rdes0.MF.mask() : 0) | (all && !wanted ? Rdes0.FF.mask() : 0);
        dma.begin(busMode());
        Dec21140RxRing.Result result;
        try {
            result = rxRing.store(frame, length, status, Csr0.DSL.get(busMode()));
        } finally {
            dma.end();
        }
        stored(result);
    }

    private void stored(Dec21140RxRing.Result result) {
        if (result == Dec21140RxRing.Result.NO_DESCRIPTOR) {
            path.count(Step.RX_NO_DESCRIPTOR);
            countMissed();
        } else {
            path.count(result == Dec21140RxRing.Result.STORED ? Step.RX_STORED : Step.RX_CUT);
            rxSuspended = false;
            raise(Csr5.RI);
        }
        if (result != Dec21140RxRing.Result.STORED && !rxSuspended) {
            rxSuspended = true;
            interrupts.report(Csr5.RU);
        }
        if (isTransmitting()) {
            poller.active();
        }
    }

    private void countMissed() {
        if (interrupts.reports(Csr5.RU)) {
            int csr8 = registers.get(CSR8);
            int missed = Csr8.MFC.get(csr8) + 1;
            csr8 = Csr8.MFC.with(csr8, missed & 0xffff);
            registers.set(CSR8, missed > 0xffff ? csr8 | Csr8.MFO.mask() : csr8);
        }
    }

    // ---- transmit

    private boolean isTransmitting() {
        return Csr6.ST.isSet(registers.get(CSR6)) && registers.get(CSR4) != 0;
    }

    /** Sends what the ring holds, a bounded amount, and arranges for the next look. */
    private void runTransmit() {
        if (!isTransmitting() || dma.isActive()) {
            return;
        }
        dma.begin(busMode());
        Dec21140TxRing.Outcome outcome;
        try {
            outcome = txRing.run(Csr0.DSL.get(busMode()));
        } finally {
            dma.end();
        }
        if (outcome == Dec21140TxRing.Outcome.MORE) {
            txSuspended = false;
            poller.busy();
            return;
        }
        boolean worked = outcome == Dec21140TxRing.Outcome.WORKED;
        if (worked || !txSuspended) {
            txSuspended = true;
            interrupts.report(Csr5.TU);
        }
        poller.idle(worked);
    }

    /** Called by the transmit ring for each complete frame; {@code frame} may be changed and is reused. */
    void transmitted(byte[] frame, int length) {
        path.count(Step.TX_FETCHED);
        NetworkLink to = link;
        if (Csr6.OM.get(registers.get(CSR6)) != 0) {
            path.count(Step.TX_LOOPED);
            accept(frame, length);
        } else if (to == null) {
            path.count(Step.TX_UNPLUGGED);
        } else {
            path.count(Step.TX_SENT);
            to.transmit(frame, 0, length);
        }
    }

    /** Called by the transmit ring for a frame that cannot be sent. */
    void malformed() {
        path.count(Step.TX_MALFORMED);
    }

    /** Called by the transmit ring for a setup frame. */
    void loadFilter(byte[] setup, AddressFilter.Mode mode) {
        path.count(Step.TX_SETUP);
        filter.load(setup, mode);
        boolean hash = mode == AddressFilter.Mode.HASH || mode == AddressFilter.Mode.HASH_ONLY;
        int image = (hash ? Csr6.HP.mask() : 0) | (mode == AddressFilter.Mode.HASH_ONLY ? Csr6.HO.mask() : 0)
                | (mode == AddressFilter.Mode.INVERSE ? Csr6.IF.mask() : 0);
        registers.clearBits(CSR6, Csr6.HP.mask() | Csr6.HO.mask() | Csr6.IF.mask());
        registers.setBits(CSR6, image);
    }

    // ---- state

    @Override
    public void save(SnapshotWriter out) {
        out.section("config", config);
        out.section("registers", registers);
        out.section("rxRing", rxRing);
        out.section("txRing", txRing);
        out.section("poller", poller);
        out.section("filter", filter);
        out.section("mii", mii);
        out.section("serialRom", serialRom);
        out.putLong("timer", timer.deadlineNs());
        out.putInt("enabledSinceReset", interrupts.enabledSinceReset());
        out.putBoolean("rxSuspended", rxSuspended);
        out.putBoolean("txSuspended", txSuspended);
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("config", config);
        in.section("registers", registers);
        in.section("rxRing", rxRing);
        in.section("txRing", txRing);
        in.section("poller", poller);
        in.section("filter", filter);
        in.section("mii", mii);
        in.section("serialRom", serialRom);
        timer.restore(in.getLong("timer"));
        interrupts.restore(in.getInt("enabledSinceReset"));
        rxSuspended = in.getBoolean("rxSuspended");
        txSuspended = in.getBoolean("txSuspended");
    }

    @Override
    public String toString() {
        return chip;
    }
}
