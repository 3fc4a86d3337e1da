package org.xenomips.devices.guest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.cpu.interpreter.InterpreterEngineFactory;
import org.xenomips.devices.platform.C7200PlatformFactory;
import org.xenomips.image.ImageException;
import org.xenomips.image.ImageLoader;
import org.xenomips.image.Progress;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.Machine.StopReason;
import org.xenomips.machine.MachineConfig;

/** A running machine with the test at its console and at the wires of its ports. */
final class GuestMachine implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 60;
    private static final int TELNET_IAC = 255;

    private final Machine machine;
    private final C7200PlatformFactory factory = new C7200PlatformFactory();
    private final byte @Nullable [] image;
    private final int consolePort;
    private @Nullable Socket console;
    private final StringBuilder unread = new StringBuilder();

    private GuestMachine(MachineConfig config, byte @Nullable [] image) throws Exception {
        this.image = image;
        consolePort = freePort();
        config.console = new MachineConfig.Console.Tcp("127.0.0.1", consolePort);
        config.consoleGreeting = false;
        config.ramMb = 64;
        config.mac = new byte[]{ 2, 0, 0x0a, 0x0b, 0x0c, 0 };
        machine = new Machine(config, factory, new InterpreterEngineFactory());
        load();
        machine.setReloader(this::load);
    }

    /** The built-in forwarder with its files in {@code directory}; not started yet. */
    static GuestMachine withForwarder(Path directory, Consumer<MachineConfig> settings) throws Exception {
        return create(directory, settings, null);
    }

    /** A machine that was given {@code image}; not started yet. */
    static GuestMachine withImage(Path directory, byte[] image, Consumer<MachineConfig> settings) throws Exception {
        return create(directory, settings, image);
    }

    private static GuestMachine create(Path directory, Consumer<MachineConfig> settings, byte @Nullable [] image)
            throws Exception {
        MachineConfig config = new MachineConfig();
        config.workingDirectory = directory;
        config.disk0Mb = 1;
        settings.accept(config);
        return new GuestMachine(config, image);
    }

    private void load() {
        try (InputStream in = image == null
                ? factory.builtInGuest("forwarder").content().get()
                : new ByteArrayInputStream(image)) {
            machine.platform()
                    .setImageEntry(
                            new ImageLoader(machine.memory(), null, Progress.silent()).load("guest", in).entry());
        } catch (ImageException | IOException | ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    Wire plug(int slot) throws ConfigurationException {
        Wire wire = new Wire();
        machine.platform().connect(slot, 0, wire);
        return wire;
    }

    /** Starts the machine; the console's first output is kept for whoever connects later. */
    GuestMachine start() throws IOException {
        machine.start();
        console = new Socket(InetAddress.getLoopbackAddress(), consolePort);
        console.setSoTimeout(PATIENCE_SECONDS * 1000);
        return this;
    }

    private Socket console() {
        return Objects.requireNonNull(console, "the machine was not started");
    }

    void type(String text) throws IOException {
        console().getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Types a line and returns what the console shows until {@code prompt}. */
    String command(String line, String prompt) throws IOException {
        type(line + "\r");
        return until(prompt);
    }

    /** What the console shows up to and including {@code expected}; carriage returns are left out. */
    String until(String expected) throws IOException {
        int at = unread.indexOf(expected);
        while (at < 0) {
            readSome(expected);
            at = unread.indexOf(expected);
        }
        String seen = unread.substring(0, at + expected.length());
        unread.delete(0, at + expected.length());
        return seen;
    }

    private void readSome(String expected) throws IOException {
        try {
            int c = console().getInputStream().read();
            if (c == TELNET_IAC) {
                console().getInputStream().readNBytes(2);
            } else if (c < 0) {
                throw new AssertionError("the console ended before '%s': %s".formatted(expected, unread));
            } else if (c != '\r') {
                unread.append((char) c);
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError("the console did not show '%s': %s".formatted(expected, unread), e);
        }
    }

    /** Waits until the guest has stopped the machine. */
    @Nullable
    StopReason awaitStop() throws InterruptedException {
        machine.awaitEnd();
        return machine.stopReason();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        if (console != null) {
            console.close();
        }
        if (machine.state() != Machine.State.CREATED) {
            machine.requestStop(StopReason.USER);
            try {
                machine.awaitEnd();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        machine.close();
    }
}
