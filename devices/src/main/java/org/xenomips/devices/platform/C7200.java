package org.xenomips.devices.platform;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.xenomips.device.InterruptLine;
import org.xenomips.device.SerialPort;
import org.xenomips.device.SnapshotException;
import org.xenomips.device.SnapshotReader;
import org.xenomips.device.SnapshotWriter;
import org.xenomips.devices.adapter.Card;
import org.xenomips.devices.adapter.CardEnvironment;
import org.xenomips.devices.adapter.CardType;
import org.xenomips.devices.chipset.BitBucket;
import org.xenomips.devices.chipset.Gt64xxxDevice;
import org.xenomips.devices.console.ReadyWatch;
import org.xenomips.devices.fpga.Bays;
import org.xenomips.devices.fpga.IdEeprom;
import org.xenomips.devices.fpga.IoFpga;
import org.xenomips.devices.fpga.MpFpga;
import org.xenomips.devices.fpga.NetworkInterrupts;
import org.xenomips.devices.fpga.PowerSupplies;
import org.xenomips.devices.fpga.RemoteControl;
import org.xenomips.devices.serial.Duart;
import org.xenomips.devices.storage.flash.Bootflash;
import org.xenomips.devices.storage.nvram.NvramFileSystem;
import org.xenomips.devices.storage.pcmcia.AtaDisk;
import org.xenomips.devices.storage.pcmcia.Clpd6729;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.Platform;
import org.xenomips.memory.PhysicalMap;
import org.xenomips.net.FramePort;
import org.xenomips.pci.FixedFunction;

/**
 * A Cisco 7200 with an NPE-100 to NPE-400: the parts, where they are in the physical map, and which interrupt line they
 * drive.
 *
 * <p>Thread: machine thread, or the creating thread before the machine runs.
 */
public final class C7200 implements Platform, Bays {
    private static final long CONTROLLER_BASE = 0x1400_0000L;
    private static final long CONTROLLER_STEP = 0x0100_0000L;
    private static final long REMOTE_CONTROL_BASE = 0x1600_0000L;
    private static final long BOOTFLASH_BASE = 0x1a00_0000L;
    private static final long NVRAM_BASE = 0x1e00_0000L;
    private static final long MP_FPGA_BASE = 0x1e80_0000L;
    private static final long IO_FPGA_BASE = 0x1e84_0000L;
    private static final long BIT_BUCKET_BASE = 0x1f00_0000L;
    private static final long BIT_BUCKET_LENGTH = 0x00c0_0000L;
    private static final long DISK0_BASE = 0x4000_0000L;
    private static final long DISK1_BASE = 0x4400_0000L;
    private static final long DISK_LENGTH = 0x0020_0000L;
    private static final long PCI_IO_BASE = 0x1_0000_0000L;
    private static final long PCI_IO_LENGTH = 0x0020_0000L;
    private static final int KSEG1 = 0xa000_0000;

    /** Processor interrupt inputs (Cause.IPn). */
    private static final int IP_NETWORK = 2;
    private static final int IP_SYSTEM_CONTROLLER = 4;
    private static final int IP_DUART = 5;
    private static final int IP_OIR = 6;

    private static final int SRAM_FUNCTION = 0x0005_1137;
    private static final int IGNORE_NVRAM = 0x0040;

    private final Machine machine;
    private final MachineConfig config;
    private final Npe npe;
    private final Midplane midplane;
    private final ChassisIdentity identity;
    private final MemoryParts memory;
    private final PciTopology pci;
    private final BoardResources resources;
    private final List<Gt64xxxDevice> controllers = new ArrayList<>();
    private final NetworkInterrupts network;
    private final PowerSupplies power;
    private final MpFpga mpFpga;
    private final IoFpga ioFpga;
    private final RemoteControl remoteControl;
    private final Clpd6729 pcmcia;
    private final @Nullable Card[] cards = new Card[SLOTS];
    private final boolean nvramWasBlank;

    /**
     * Builds the board {@code config} describes into {@code machine}.
     *
     * @param cpu the processor's interrupt inputs by Cause.IP number
     * @throws ConfigurationException if the board cannot be built; nothing of the host stays open then
     */
    C7200(Machine machine, MachineConfig config, IntFunction<InterruptLine> cpu) throws ConfigurationException {
        this.machine = machine;
        this.config = config;
        npe = Npe.named(config.npe);
        midplane = Midplane.named(config.midplane);
        Map<Integer, CardType> population = population(config);
        identity = ChassisIdentity.of(machine, config, npe, midplane);
        memory = MemoryParts.create(machine, config, npe);
        pci = new PciTopology(npe, midplane);
        resources = BoardResources.open(machine, config);
        nvramWasBlank = resources.nvram().isBlank();

        network = new NetworkInterrupts(cpu.apply(IP_NETWORK));
        power = new PowerSupplies(() -> machine.requestStop(StopReason.GUEST));
        mpFpga = new MpFpga(this, network, power, cpu.apply(IP_OIR));
        boolean console = isIoCard(population.get(0));
        Duart duart = new Duart(
                console ? ReadyWatch.on(resources.console(), config.readyNote) : new NoSerialPort(),
                console ? resources.aux() : new NoSerialPort(), cpu.apply(IP_DUART), machine.timers(), machine.clock());
        ioFpga = new IoFpga(this, network, power, mpFpga, duart, identity::cpuEeprom, identity::midplaneEeprom,
                npe::pemEeprom);
        remoteControl = remoteControl(resources.console());
        pcmcia = new Clpd6729(resources.disk0() != null, resources.disk1() != null);
        for (int i = 0; i < npe.controllers(); i++) {
            // The interrupt output of a second controller is not connected.
            InterruptLine interrupt = i == 0 ? cpu.apply(IP_SYSTEM_CONTROLLER) : asserted -> {};
            controllers.add(new Gt64xxxDevice("gt" + i, npe.controller(), machine.memory(), interrupt, machine.timers(),
                    machine.clock(), pci.hosts()));
        }
        mapDevices(machine.memory());
        attachPciFunctions();
        setConfigRegister();
        for (Map.Entry<Integer, CardType> entry : population.entrySet()) {
            place(entry.getKey(), entry.getValue());
        }
    }

    private static Map<Integer, CardType> population(MachineConfig config) throws ConfigurationException {
        Map<Integer, CardType> population = new TreeMap<>();
        population.put(0, CardType.C7200_IO_FE);
        for (Map.Entry<Integer, String> entry : config.cards.entrySet()) {
            CardType type = CardType.named(entry.getValue());
            type.requireFits(entry.getKey());
            population.put(entry.getKey(), type);
        }
        return population;
    }

    private RemoteControl remoteControl(SerialPort console) {
        RemoteControl.Facts facts = new RemoteControl.Facts(memory.ramMb(), memory.romMb(), config.nvramKb,
                memory.iomemMb(), KSEG1 + (int) NVRAM_BASE);
        return new RemoteControl(facts, machine.memory(), console, resources.variables(), new RemoteControl.Host() {
            private @Nullable SecureRandom random;

            @Override
            public void stop() {
                machine.requestStop(StopReason.GUEST);
            }

            @Override
            public void reload() {
                machine.requestReload();
            }

            @Override
            public void log(String line) {
                machine.log("ROM", line);
            }

            @Override
            public void logProcessor() {
                machine.log("CPU0", "pc=0x%016x".formatted(machine.cpu().pc()));
            }

            @Override
            public int random() {
                if (random == null) {
                    random = new SecureRandom();
                }
                return random.nextInt();
            }
        });
    }

    private void mapDevices(PhysicalMap map) {
        for (int i = 0; i < controllers.size(); i++) {
            map.mapDevice("gt" + i, CONTROLLER_BASE + i * CONTROLLER_STEP, Gt64xxxDevice.WINDOW, false,
                    controllers.get(i));
        }
        map.mapDevice("remote control", REMOTE_CONTROL_BASE, RemoteControl.WINDOW, false, remoteControl);
        map.mapDevice("bootflash", BOOTFLASH_BASE, Bootflash.SIZE, false, resources.bootflash());
        map.mapDevice("nvram", NVRAM_BASE, resources.nvram().size(), false, resources.nvram());
        map.mapDevice("mp_fpga", MP_FPGA_BASE, MpFpga.WINDOW, false, mpFpga);
        map.mapDevice("io_fpga", IO_FPGA_BASE, IoFpga.WINDOW, false, ioFpga);
        map.mapDevice("bit bucket", BIT_BUCKET_BASE, BIT_BUCKET_LENGTH, false, new BitBucket());
        mapDisk(map, "disk0", DISK0_BASE, resources.disk0());
        mapDisk(map, "disk1", DISK1_BASE, resources.disk1());
        map.mapDevice("PCI I/O space", PCI_IO_BASE, PCI_IO_LENGTH, false, pcmcia.ioPorts());
    }

    private static void mapDisk(PhysicalMap map, String name, long base, @Nullable AtaDisk disk) {
        if (disk != null) {
            map.mapDevice(name, base, DISK_LENGTH, true, disk);
        }
    }

    private void attachPciFunctions() {
        pci.root0().add(0, controllers.getFirst().pciFunction());
        pci.pcmcia().add(pci.pcmciaDevice(), pcmcia);
        for (int bank = 0; bank < 2 && npe.sramBankBytes() > 0; bank++) {
            pci.sram(bank).add(0, new FixedFunction(SRAM_FUNCTION, 0));
        }
    }

    /**
     * A router with an empty NVRAM must not look for a configuration in it, one that was given a configuration must.
     */
    private void setConfigRegister() {
        int value = config.configRegister;
        if (resources.configPushed()) {
            value &= ~IGNORE_NVRAM;
        } else if (nvramWasBlank) {
            value |= IGNORE_NVRAM;
        }
        remoteControl.setConfigRegister(value);
    }

    private void place(int slot, CardType type) throws ConfigurationException {
        cards[slot] = new Card(type, new CardEnvironment(machine, slot, pci.slot(slot), pci.ioEthernetDevice(),
                port -> network.input(slot, port), controllers.getFirst()::byteSwap, identity.mac()));
    }

    @Override
    public @Nullable IdEeprom eeprom(int slot) {
        Card card = cards[slot];
        return card == null ? null : card.type().eeprom();
    }

    @Override
    public boolean ioCardPresent() {
        Card card = cards[0];
        return card != null && isIoCard(card.type());
    }

    private static boolean isIoCard(@Nullable CardType type) {
        return type != null && type != CardType.C7200_JC_PA;
    }

    /** The card in {@code slot} (0..7), or null. */
    public @Nullable Card card(int slot) {
        return slot < 0 || slot >= SLOTS ? null : cards[slot];
    }

    /**
     * Inserts a card into a running machine and tells the guest.
     *
     * @throws ConfigurationException if there is no such card, it does not fit, or the slot is taken
     */
    public void insertCard(int slot, String name) throws ConfigurationException {
        requireHotSlot(slot);
        CardType type = CardType.named(name);
        Card present = cards[slot];
        if (present != null) {
            throw new ConfigurationException("slot %d already holds a %s; remove it first".formatted(slot,
                    present.type().cliName()));
        }
        place(slot, type);
        signalOir(slot);
    }

    /**
     * Removes a card from a running machine, closes the host ports plugged into it and tells the guest.
     *
     * @throws ConfigurationException if the slot is empty or its card cannot be removed
     */
    public void removeCard(int slot) throws ConfigurationException {
        requireHotSlot(slot);
        Card card = cards[slot];
        if (card == null) {
            throw new ConfigurationException("slot " + slot + " is empty");
        }
        take(slot, card);
        signalOir(slot);
    }

    private void take(int slot, Card card) {
        card.remove();
        cards[slot] = null;
    }

    private static void requireHotSlot(int slot) throws ConfigurationException {
        if (slot < 1 || slot >= SLOTS) {
            throw new ConfigurationException(
                    "cards can be inserted and removed in slots 1 to 7 only, not in slot " + slot);
        }
    }

    private void signalOir(int slot) {
        if (slot == 7) {
            ioFpga.signalOir7();
        }
        mpFpga.signalOir(slot);
    }

    /** Switches power supply {@code supply} (0 or 1) from outside; never stops the machine. */
    public void setPowerSupply(int supply, boolean on) {
        power.set(supply, on);
    }

    /** Sets what temperature sensor {@code sensor} (0..3) measures, in degrees Celsius. */
    public void setTemperature(int sensor, int celsius) {
        ioFpga.setTemperature(sensor, celsius);
    }

    @Override
    public String describe() {
        return new BoardSummary(config, npe, midplane).text(identity, memory, remoteControl.configRegister(),
                nvramWasBlank, cards);
    }

    @Override
    public String describeConnections() {
        StringBuilder text = new StringBuilder();
        for (Card card : cards) {
            if (card != null) {
                card.describeConnections(text);
            }
        }
        return text.toString();
    }

    @Override
    public byte[] startupConfiguration() throws ConfigurationException {
        byte[] startup = new NvramFileSystem(resources.nvram().contents()).extract().startup();
        if (startup.length == 0) {
            throw new ConfigurationException(
                    "the NVRAM holds no startup configuration; save one in the guest first");
        }
        return startup;
    }

    @Override
    public void setImageEntry(int entry) {
        remoteControl.setImageEntry(entry);
    }

    @Override
    public void connect(int slot, int port, FramePort hostPort) throws ConfigurationException {
        Card card = card(slot);
        if (card == null) {
            throw new ConfigurationException("slot %d is empty; put a card into it (-p %1$d:CARD)".formatted(slot));
        }
        card.connect(port, hostPort);
    }

    /** Unplugs a port and closes its host port; does nothing if it is free. */
    public void disconnect(int slot, int port) {
        Card card = card(slot);
        if (card != null) {
            card.disconnect(port);
        }
    }

    @Override
    public void reset() {
        for (Card card : cards) {
            if (card != null) {
                card.reset();
            }
        }
        pci.reset();
        pcmcia.reset();
        controllers.forEach(Gt64xxxDevice::reset);
        network.reset();
        power.reset();
        mpFpga.reset();
        ioFpga.reset();
        remoteControl.reset();
        resources.reset();
    }

    @Override
    public void save(SnapshotWriter out) {
        out.section("pci", pci);
        for (int i = 0; i < controllers.size(); i++) {
            out.section("controller" + i, controllers.get(i));
        }
        out.section("network", network);
        out.section("power", power);
        out.section("mpFpga", mpFpga);
        out.section("ioFpga", ioFpga);
        out.section("remoteControl", remoteControl);
        out.section("pcmcia", pcmcia);
        out.section("resources", resources);
        for (int slot = 0; slot < SLOTS; slot++) {
            Card card = cards[slot];
            if (card != null) {
                out.section("slot" + slot, card);
            }
        }
    }

    @Override
    public void restore(SnapshotReader in) throws SnapshotException {
        in.section("pci", pci);
        for (int i = 0; i < controllers.size(); i++) {
            in.section("controller" + i, controllers.get(i));
        }
        for (int slot = 0; slot < SLOTS; slot++) {
            restoreSlot(in, slot);
        }
        in.section("network", network);
        in.section("power", power);
        in.section("mpFpga", mpFpga);
        in.section("ioFpga", ioFpga);
        in.section("remoteControl", remoteControl);
        in.section("pcmcia", pcmcia);
        in.section("resources", resources);
    }

    /** Puts the saved card into the slot first: cards may have come and gone while the saved machine ran. */
    private void restoreSlot(SnapshotReader in, int slot) throws SnapshotException {
        String section = "slot" + slot;
        String saved = in.hasSection(section) ? Card.savedType(in.section(section)) : "";
        Card card = cards[slot];
        if (card != null && !card.type().cliName().equals(saved)) {
            take(slot, card);
            card = null;
        }
        if (saved.isEmpty()) {
            return;
        }
        if (card == null) {
            try {
                place(slot, CardType.named(saved));
            } catch (ConfigurationException e) {
                throw new SnapshotException("slot " + slot + ": " + e.getMessage(), e);
            }
        }
        Card current = cards[slot];
        if (current != null) {
            in.section(section, current);
        }
    }

    @Override
    public void flush() {
        resources.flush();
    }

    @Override
    public void close() {
        for (Card card : cards) {
            if (card != null) {
                card.disconnectAll();
            }
        }
        resources.close();
    }
}
