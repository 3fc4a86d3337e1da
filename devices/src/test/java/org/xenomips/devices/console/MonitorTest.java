package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.cpu.Cp0;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;

/** The monitor's commands on a running machine. */
class MonitorTest {
    @TempDir
    Path directory;

    private final MachineConfig config = new MachineConfig();
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);
    private Machine machine;
    private long cause;
    private Monitor monitor;

    @BeforeEach
    void start() throws ConfigurationException {
        config.name = "r9";
        config.workingDirectory = directory;
        config.cards.put(1, "PA-FE-TX");
        machine = TestMachine.create(config);
        machine.memory().mapRam("ram", 0, 1 << 20, machine.createRam("ram", 1 << 20), 0);
        monitor = new Monitor(machine, new IdlePcFinder(machine, 8, 1));
        machine.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        machine.requestStop(Machine.StopReason.USER);
        machine.awaitEnd();
        machine.close();
    }

    private String ask(char key) throws InterruptedException {
        monitor.key(key, answers::add);
        return answer();
    }

    private String answer() throws InterruptedException {
        String answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).as("an answer").isNotNull();
        return answer;
    }

    /** Carries out {@code action} on the machine thread. */
    private void onMachine(Runnable action) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        machine.execute(() -> {
            action.run();
            done.countDown();
        });
        assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void everyKeyAnswersAndOthersGetHelp() throws InterruptedException {
        assertThat(ask('o')).contains("r9", "ram, 1024 KB", "a board of nothing");
        assertThat(ask('d')).contains("0x000000000-0x0000fffff ram: memory");
        assertThat(ask('p')).contains("slot 1: PA-FE-TX");
        assertThat(ask('r')).contains("pc: 0x", "Status: 0x");
        assertThat(ask('?')).contains("Instance r9 (ID 0)", "  q  stop the machine");
        assertThat(ask((char) 200)).contains("Instance r9");
    }

    @Test
    void helpNamesEveryKeyOnceAndItsFile() throws InterruptedException {
        String help = ask('?');
        for (char key : "bcdijkloprstuqy".toCharArray()) {
            assertThat(help).containsOnlyOnce("\n  " + key + "  ");
        }
        assertThat(help).contains("  c  startup configuration to the file c7200_i0_ios_cfg.txt");
    }

    @Test
    void interruptSixIsClearedByHand() throws InterruptedException {
        onMachine(() -> machine.cpu().interruptLine(6).set(true));
        onMachine(() -> cause = machine.cpu().cp0().read(Cp0.CAUSE, 0));
        assertThat(cause & 1 << 14).isNotZero();
        assertThat(ask('y')).contains("Interrupt 6 cleared");
        onMachine(() -> cause = machine.cpu().cp0().read(Cp0.CAUSE, 0));
        assertThat(cause & 1 << 14).isZero();
    }

    @Test
    void engineSaysWhatItKeeps() throws InterruptedException {
        for (char key : "jbl".toCharArray()) {
            assertThat(ask(key)).contains("this engine keeps no statistics");
        }
    }

    @Test
    void startupConfigurationGoesToAFileOfTheRouter() throws Exception {
        Path file = directory.resolve("c7200_i0_ios_cfg.txt");
        assertThat(ask('c')).contains("Nothing was written: this board stores no configuration");
        assertThat(file).doesNotExist();
        Path stored = Files.writeString(directory.resolve("stored"), "hostname r9\nend\n");
        onMachine(() -> config.startupConfig = stored);
        assertThat(ask('c')).contains("16 bytes", "written to " + file);
        assertThat(file).hasContent("hostname r9\nend\n");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(ask('c')).contains(file + " cannot be written");
    }

    @Test
    void idleLoopIsFoundWhereTheProcessorIsMostly() throws InterruptedException {
        onMachine(() -> machine.cpu().setPc(0xffff_ffff_8001_2344L));
        assertThat(ask('i')).contains("8 samples");
        assertThat(answer()).contains("  0x80012344  8", "--idle-pc=0x80012344", "No idle PC is needed");
    }

    @Test
    void bootRomIsNoIdleLoop() throws InterruptedException {
        onMachine(() -> machine.cpu().setPc(0xffff_ffff_bfc0_0380L));
        ask('i');
        assertThat(answer()).contains("boot ROM").doesNotContain("--idle-pc");
    }

    @Test
    void idleLoopsAreNotLookedForInVain() throws InterruptedException {
        ask('s');
        assertThat(ask('i')).contains("suspended");
        ask('u');
        onMachine(() -> machine.cpu().setIdlePc(OptionalLong.of(0x8000_1000)));
        assertThat(ask('i'))
                .contains("You already use an idle PC, using the calibration would give incorrect results.");
    }

    @Test
    void machineAnswersWhileSuspended() throws InterruptedException {
        ask('s');
        assertThat(ask('o')).contains("SUSPENDED");
        ask('u');
        assertThat(ask('o')).contains("RUNNING");
    }

    @Test
    void rebootReloadsTheImageAndQuitStops() throws InterruptedException {
        CountDownLatch reloaded = new CountDownLatch(1);
        machine.setReloader(reloaded::countDown);
        ask('k');
        assertThat(reloaded.await(20, TimeUnit.SECONDS)).isTrue();
        ask('q');
        machine.awaitEnd();
        assertThat(machine.stopReason()).isEqualTo(Machine.StopReason.USER);
    }
}
