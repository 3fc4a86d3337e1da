package org.xenomips.devices.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.device.SnapshotException;
import org.xenomips.image.ImageLoader;
import org.xenomips.image.Progress;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig;

/** A saved machine continues exactly where it stood: the built-in guest under the virtual clock, all state compared. */
class SavedMachineTest {
    private static final long FIRST_STOP_NS = 40_000_000;
    private static final long SECOND_STOP_NS = 90_000_000;

    @TempDir
    Path directory;

    private final C7200PlatformFactory factory = new C7200PlatformFactory();

    private MachineConfig config(String name) throws IOException {
        MachineConfig config = new MachineConfig();
        config.workingDirectory = Files.createDirectories(directory.resolve(name));
        config.console = new MachineConfig.Console.None();
        config.clock = MachineConfig.Clock.VIRTUAL;
        config.ramMb = 64;
        config.disk0Mb = 0;
        config.mac = new byte[]{ 0, 0x16, 0x3e, 1, 0, 1 };
        config.cards.put(1, "PA-FE-TX");
        return config;
    }

    private Machine machine(MachineConfig config) throws Exception {
        Machine machine = new Machine(config, factory, new InterpreterEngineFactory());
        try (InputStream guest = factory.builtInGuest("forwarder").content().get()) {
            int entry = new ImageLoader(machine.memory(), null, Progress.silent()).load("guest", guest).entry();
            machine.platform().setImageEntry(entry);
        }
        return machine;
    }

    /** Runs until guest time {@code stopNs} and saves. */
    private static byte[] runAndSave(Machine machine, long stopNs, Path file) throws Exception {
        try (machine) {
            machine.timers().timer("stop", () -> machine.requestStop(StopReason.USER)).arm(stopNs);
            machine.start();
            machine.awaitEnd();
            assertThat(machine.failure()).isNull();
            machine.save(file);
            return Files.readAllBytes(file);
        }
    }

    private static void saveOnTheWay(Machine machine, long atNs, Path file) {
        machine.timers().timer("save", () -> {
            try {
                machine.save(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }).arm(atNs);
    }

    @Test
    void restoredRunIsBitIdenticalToTheOneThatWentOn() throws Exception {
        Path state = directory.resolve("state");
        Machine original = machine(config("original"));
        saveOnTheWay(original, FIRST_STOP_NS, state);
        byte[] wentOn = runAndSave(original, SECOND_STOP_NS, directory.resolve("original.state"));
        Machine restored = machine(config("restored"));
        restored.restore(state);
        byte[] continued = runAndSave(restored, SECOND_STOP_NS, directory.resolve("restored.state"));
        assertThat(firstDifference(wentOn, continued)).isEmpty();
    }

    /** Where two snapshots begin to differ, with the names and values before it; empty if they do not. */
    private static String firstDifference(byte[] expected, byte[] actual) throws IOException {
        byte[] one = inflate(expected);
        byte[] two = inflate(actual);
        int at = java.util.Arrays.mismatch(one, two);
        return at < 0
                ? ""
                : "at byte " + at + ", after "
                        + new String(one, Math.max(0, at - 200), Math.min(at, 200), StandardCharsets.ISO_8859_1)
                                .replaceAll("[^ -~]+", " ");
    }

    private static byte[] inflate(byte[] file) throws IOException {
        int header = 12;
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(file, header, file.length - header))) {
            return in.readAllBytes();
        }
    }

    @Test
    void twoRunsUnderTheVirtualClockAreTheSame() throws Exception {
        byte[] one = runAndSave(machine(config("one")), FIRST_STOP_NS, directory.resolve("one.state"));
        byte[] two = runAndSave(machine(config("two")), FIRST_STOP_NS, directory.resolve("two.state"));
        assertThat(firstDifference(one, two)).isEmpty();
    }

    @Test
    void damagedOrForeignSnapshotsAreRefusedWithAReason() throws Exception {
        Path state = directory.resolve("state");
        byte[] good = runAndSave(machine(config("first")), FIRST_STOP_NS, state);
        try (Machine machine = machine(config("second"))) {
            Files.write(state, java.util.Arrays.copyOf(good, good.length / 2));
            assertThatThrownBy(() -> machine.restore(state)).isInstanceOf(SnapshotException.class);
            byte[] damaged = good.clone();
            damaged[good.length / 2] ^= 0x40;
            Files.write(state, damaged);
            assertThatThrownBy(() -> machine.restore(state)).isInstanceOf(SnapshotException.class);
            Files.writeString(state, "not a snapshot at all");
            assertThatThrownBy(() -> machine.restore(state)).hasMessageContaining("not a saved machine");
        }
        MachineConfig other = config("third");
        other.npe = "npe-200";
        Files.write(state, good);
        try (Machine machine = machine(other)) {
            assertThatThrownBy(() -> machine.restore(state)).hasMessageContaining("other hardware");
        }
    }
}
