package org.xenomips.devices.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;

/** The monitor's commands on a running machine. */
class MonitorTest {
    private final MachineConfig config = new MachineConfig();
    private final BlockingQueue<String> answers = new ArrayBlockingQueue<>(10);
    private Machine machine;
    private Monitor monitor;

    @BeforeEach
    void start() throws ConfigurationException {
        config.name = "r9";
        config.cards.put(1, "PA-FE-TX");
        machine = TestMachine.create(config);
        machine.memory().mapRam("ram", 0, 1 << 20, machine.createRam("ram", 1 << 20), 0);
        monitor = new Monitor(machine);
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
        String answer = answers.poll(20, TimeUnit.SECONDS);
        assertThat(answer).as("answer to %c", key).isNotNull();
        return answer;
    }

    @Test
    void everyKeyAnswersAndOthersGetHelp() throws InterruptedException {
        assertThat(ask('o')).contains("r9", "ram, 1024 KB", "a board of nothing");
        assertThat(ask('d')).contains("0x000000000-0x0000fffff ram: memory");
        assertThat(ask('p')).contains("slot 1: PA-FE-TX");
        assertThat(ask('r')).contains("pc: 0x", "Status: 0x");
        assertThat(ask('i')).contains("no idle PC is needed");
        assertThat(ask('?')).contains("Instance r9 (ID 0)", "  q  stop the machine");
        assertThat(ask((char) 200)).contains("Instance r9");
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
