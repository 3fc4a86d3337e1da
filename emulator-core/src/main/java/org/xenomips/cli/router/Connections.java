package org.xenomips.cli.router;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig.Binding;
import org.xenomips.net.FramePort;

/** Opens the host ports of the command line, puts captures around them and plugs them into the board. */
final class Connections {
    private final boolean strict;
    private final Consumer<String> warn;
    private final List<Values.Capture> captures = new ArrayList<>();

    /** {@code warn} gets what leaves a port unconnected; fatal instead if {@code strict}. */
    Connections(List<String> captureOptions, boolean strict, Consumer<String> warn) throws ConfigurationException {
        this.strict = strict;
        this.warn = warn;
        for (String text : captureOptions) {
            captures.add(Values.Capture.parse(text));
        }
    }

    void connectAll(Machine machine) throws ConfigurationException {
        List<Binding> bindings = machine.config().bindings;
        for (Binding binding : bindings) {
            try {
                connect(machine, binding);
            } catch (ConfigurationException | IOException | IllegalArgumentException e) {
                complain("-s " + binding + ": " + e.getMessage());
            }
        }
        for (Values.Capture capture : captures) {
            if (bindings.stream().noneMatch(b -> isFor(capture, b))) {
                complain("--capture %d:%d:%s: that port is not connected".formatted(capture.slot(), capture.port(),
                        capture.file()));
            }
        }
    }

    private void connect(Machine machine, Binding binding) throws ConfigurationException, IOException {
        FramePort port = Plugins.port(binding.type()).open(binding.parameters());
        boolean connected = false;
        try {
            for (Values.Capture capture : captures) {
                if (isFor(capture, binding)) {
                    port = Plugins.hostServices().capture(port, Path.of(capture.file()));
                }
            }
            machine.platform().connect(binding.slot(), binding.port(), port);
            connected = true;
        } finally {
            if (!connected) {
                port.close();
            }
        }
    }

    private static boolean isFor(Values.Capture capture, Binding binding) {
        return capture.slot() == binding.slot() && capture.port() == binding.port();
    }

    private void complain(String message) throws ConfigurationException {
        if (strict) {
            throw new ConfigurationException(message);
        }
        warn.accept(message);
    }
}
