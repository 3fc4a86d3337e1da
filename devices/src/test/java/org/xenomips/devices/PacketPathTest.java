package org.xenomips.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.bits.Bits;
import org.xenomips.cpu.Cp0;
import org.xenomips.devices.netio.PortFactories;
import org.xenomips.devices.nic.PacketPath;
import org.xenomips.devices.nic.PacketPath.Step;
import org.xenomips.devices.platform.C7200;
import org.xenomips.devices.platform.C7200PlatformFactory;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.NoGuest;
import org.xenomips.memory.GuestRam;
import org.xenomips.net.FramePort;
import org.xenomips.net.PortStatistics.Counter;

/**
 * The table of {@code docs/packet-path.md}, step by step: one frame from a host socket to guest RAM and the processor's interrupt
 * input, and one back. Everything is real but the guest: the test drives the chip through physical addresses, on the machine thread.
 */
class PacketPathTest {
    private static final long SYSTEM_CONTROLLER = 0x1400_0000L;
    private static final long NETWORK_STATUS = 0x1e80_0010L;
    private static final long NETWORK_MASK = 0x1e80_0020L;
    private static final long CSR = 0x4800_0000L;
    private static final int RX_RING = 0x0010_0000;
    private static final int RX_BUFFER = 0x0010_1000;
    private static final int TX_RING = 0x0010_2000;
    private static final int TX_BUFFER = 0x0010_3000;
    private static final int OWN = 0x8000_0000;
    private static final int END_OF_RING = 0x0200_0000;
    private static final int FRAME_BYTES = 98;
    private static final int CRC_BYTES = 4;
    private static final int RI = 1 << 6;
    private static final int TI = 1;
    private static final int QUEUE_FRAMES = 256;
    private static final String CAUSE_IP2 = "Cause.IP2";

    @TempDir
    Path directory;

    private final List<Long> codeWrites = new ArrayList<>();
    private DatagramSocket world;
    private FramePort port;
    private int portNumber;
    private Machine machine;
    private PacketPath path;

    @BeforeEach
    void build() throws Exception {
        world = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        world.setSoTimeout(20_000);
        port = new PortFactories.Udp().open(List.of("0", "127.0.0.1", String.valueOf(world.getLocalPort())));
        portNumber = Integer.parseInt(port.name().split(":")[1]);
        MachineConfig config = new MachineConfig();
        config.workingDirectory = directory;
        config.console = new MachineConfig.Console.None();
        config.ramMb = 64;
        config.disk0Mb = 0;
        machine = new Machine(config, new C7200PlatformFactory(), new NoGuest());
        machine.platform().connect(0, 0, port);
        path = Objects.requireNonNull(
                Objects.requireNonNull(((C7200) machine.platform()).card(0)).packetPath(0));
        setUpAsADriver();
    }

    @AfterEach
    void close() throws Exception {
        if (machine.state() != Machine.State.CREATED) {
            machine.requestStop(Machine.StopReason.USER);
            machine.awaitEnd();
        }
        machine.close();
        world.close();
        assertThat(machine.failure()).isNull();
    }

    /** Bus number and window, one descriptor with a buffer in each ring, interrupts on. */
    private void setUpAsADriver() {
        configure(0, 1, 0x18, 0x0005_0500);
        configure(5, 0, 0x14, (int) CSR);
        store(RX_RING, OWN, END_OF_RING | 1536, RX_BUFFER, 0);
        store(TX_RING, 0, 0, 0, 0);
        csr(7, 0x0001_0000 | RI | TI);
        csr(3, RX_RING);
        csr(4, TX_RING);
        csr(6, 0x2002);
        machine.memory().writeWord(NETWORK_MASK, 1);
        GuestRam ram = machine.rams().getFirst();
        ram.setCodeWatch((block, offset, length) -> codeWrites.add(offset));
        ram.watchCode(RX_BUFFER);
    }

    private void configure(int bus, int device, int register, int value) {
        controller(0xcf8, 0x8000_0000 | bus << 16 | device << 11 | register);
        controller(0xcfc, value);
    }

    private void controller(int offset, int value) {
        machine.memory().writeWord(SYSTEM_CONTROLLER + offset, Integer.reverseBytes(value));
    }

    private void store(long descriptor, int... words) {
        for (int i = 0; i < words.length; i++) {
            machine.memory().writeWord(descriptor + 4L * i, words[i]);
        }
    }

    private int csr(int number) {
        return machine.memory().readWord(CSR + 8L * number);
    }

    private void csr(int number, int value) {
        machine.memory().writeWord(CSR + 8L * number, value);
    }

    private <T> T onMachine(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        machine.execute(task);
        return task.get(20, TimeUnit.SECONDS);
    }

    private void send(byte[] frame) throws Exception {
        world.send(new DatagramPacket(frame, frame.length, InetAddress.getLoopbackAddress(), portNumber));
    }

    private long steps(Step step) throws Exception {
        return onMachine(() -> path.get(step));
    }

    private void await(Step step, long count) throws Exception {
        for (int attempt = 0; steps(step) < count; attempt++) {
            assertThat(attempt).as("looks at %s", step).isLessThan(2000);
            Thread.sleep(5);
        }
    }

    private boolean interruptAtTheProcessor() throws Exception {
        return onMachine(() -> (machine.cpu().cp0().read(Cp0.CAUSE, 0) & 1 << 8 + 2) != 0);
    }

    private static byte[] frame(int destination) {
        byte[] frame = new byte[FRAME_BYTES];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = (byte) (i * 5 + 3);
        }
        Arrays.fill(frame, 0, 6, (byte) destination);
        return frame;
    }

    @Test
    void receivedFrameTakesEveryStepToRamAndInterrupt() throws Exception {
        machine.start();
        byte[] frame = frame(0xff);
        assertThat(interruptAtTheProcessor()).as(CAUSE_IP2).isFalse();

        send(frame);
        await(Step.RX_STORED, 1);

        // 1 and 2: the port has read it, the queue has taken it.
        assertThat(port.statistics().nonZero()).containsOnly(java.util.Map.entry(Counter.FRAMES_IN, 1L),
                java.util.Map.entry(Counter.BYTES_IN, (long) FRAME_BYTES));
        // 3: the controller was on and wanted it.
        assertThat(steps(Step.RX_OFFERED)).isEqualTo(1);
        assertThat(steps(Step.RX_OFF)).isZero();
        assertThat(steps(Step.RX_FILTERED)).isZero();
        // 4: the ring had a descriptor and gave it back.
        assertThat(steps(Step.RX_NO_DESCRIPTOR)).isZero();
        int status = onMachine(() -> machine.memory().readWord(RX_RING));
        assertThat(status).as("RDES0: owned by the host").isNotNegative();
        assertThat(status >> 16 & 0x3fff).as("RDES0.FL").isEqualTo(FRAME_BYTES + CRC_BYTES);
        // 5 and 6: the bytes went by DMA to the block of RAM behind the address, and the watch was told.
        byte[] stored = onMachine(() -> {
            byte[] bytes = new byte[FRAME_BYTES];
            machine.rams().getFirst().read(RX_BUFFER, bytes, 0, bytes.length);
            return bytes;
        });
        assertThat(stored).isEqualTo(frame);
        assertThat(onMachine(() -> List.copyOf(codeWrites))).containsExactly((long) RX_BUFFER);
        // 7: chip, FPGA, processor.
        assertThat(onMachine(() -> csr(5)) & RI).as("CSR5.RI").isEqualTo(RI);
        assertThat(onMachine(() -> machine.memory().readWord(NETWORK_STATUS))).as("slot 0").isEqualTo(1);
        assertThat(interruptAtTheProcessor()).as(CAUSE_IP2).isTrue();

        onMachine(() -> {
            csr(5, -1);
            return true;
        });
        assertThat(interruptAtTheProcessor()).as("after service").isFalse();
    }

    @Test
    void sentFrameTakesEveryStepToTheHost() throws Exception {
        machine.start();
        byte[] frame = frame(0x02);

        onMachine(() -> {
            machine.memory().write(TX_BUFFER, frame, 0, frame.length);
            store(TX_RING, OWN, 0xe000_0000 | END_OF_RING | FRAME_BYTES, TX_BUFFER, 0);
            csr(1, 1);
            return true;
        });
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        world.receive(packet);

        assertThat(Arrays.copyOf(packet.getData(), packet.getLength())).isEqualTo(frame);
        assertThat(steps(Step.TX_FETCHED)).isEqualTo(1);
        assertThat(steps(Step.TX_SENT)).isEqualTo(1);
        assertThat(port.statistics().get(Counter.FRAMES_OUT)).isEqualTo(1);
        assertThat(port.statistics().get(Counter.BYTES_OUT)).isEqualTo(FRAME_BYTES);
        assertThat(onMachine(() -> machine.memory().readWord(TX_RING))).as("TDES0: owned by the host").isZero();
        assertThat(onMachine(() -> csr(5)) & TI).as("CSR5.TI").isEqualTo(TI);
        assertThat(interruptAtTheProcessor()).as(CAUSE_IP2).isTrue();
    }

    @Test
    void frameForAnotherStationEndsAtTheFilter() throws Exception {
        machine.start();
        send(frame(0x02));
        await(Step.RX_OFFERED, 1);
        assertThat(steps(Step.RX_FILTERED)).isEqualTo(1);
        assertThat(steps(Step.RX_STORED)).isZero();
        assertThat(onMachine(() -> machine.memory().readWord(RX_RING))).as("RDES0: the chip's").isNegative();
        assertThat(interruptAtTheProcessor()).isFalse();
    }

    @Test
    void frameWithoutADescriptorEndsAtTheRing() throws Exception {
        machine.start();
        send(frame(0xff));
        send(frame(0xff));
        await(Step.RX_OFFERED, 2);
        assertThat(steps(Step.RX_STORED)).isEqualTo(1);
        assertThat(steps(Step.RX_NO_DESCRIPTOR)).isEqualTo(1);
    }

    /** The machine does not run yet, so nobody empties the queue. */
    @Test
    void framesBeyondTheQueueEndThereAndAreCounted() throws Exception {
        int surplus = 10;
        for (int i = 0; i < QUEUE_FRAMES + surplus; i++) {
            send(frame(0xff));
        }
        for (int attempt = 0; port.statistics().get(Counter.QUEUE_FULL) < surplus; attempt++) {
            assertThat(attempt).isLessThan(2000);
            Thread.sleep(5);
        }
        assertThat(port.statistics().get(Counter.FRAMES_IN)).isEqualTo(QUEUE_FRAMES);
        machine.start();
        await(Step.RX_OFFERED, QUEUE_FRAMES);
    }

    @Test
    void byteOrderOfTheSystemControllerDoesNotTouchFrameBytes() throws Exception {
        controller(0xc00, 0);
        machine.memory().writeWord(RX_RING, Integer.reverseBytes(OWN));
        machine.memory().writeWord(RX_RING + 4, Integer.reverseBytes(END_OF_RING | 1536));
        machine.memory().writeWord(RX_RING + 8, Integer.reverseBytes(RX_BUFFER));
        csr(0, 0);
        machine.start();
        byte[] frame = frame(0xff);
        send(frame);
        await(Step.RX_STORED, 1);
        byte[] stored = new byte[FRAME_BYTES];
        onMachine(() -> {
            machine.memory().read(RX_BUFFER, stored, 0, stored.length);
            return true;
        });
        assertThat(stored).isEqualTo(frame);
        assertThat(onMachine(() -> csr(5)) & (int) Bits.swapBytes(RI, 4)).as("CSR5.RI").isNotZero();
    }
}
