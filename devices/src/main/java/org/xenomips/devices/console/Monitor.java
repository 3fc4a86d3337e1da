package org.xenomips.devices.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.Machine;
import org.xenomips.machine.MachineConfig;
import org.xenomips.memory.GuestRam;
import org.xenomips.memory.Region;

/**
 * The monitor behind a console's escape character: one key, one command, answered on the console that asked.
 *
 * <p>Threads: {@link #key} on a console's thread; whatever looks at the machine runs on the machine thread where its slice ends.
 */
final class Monitor {
    /** Writes the answer to a command. */
    private interface Report {
        void write(StringBuilder out) throws IOException;
    }

    /** A command; what it does is told where its answers go. */
    private record Command(String meaning, Consumer<Consumer<String>> action) {
    }

    private static final String CONFIG_SUFFIX = "ios_cfg.txt";
    private static final int IDLE_SAMPLES = 200;
    private static final int IDLE_INTERVAL_MS = 10;

    private final Machine machine;
    private final MachineConfig config;
    private final Map<Character, Command> commands = new TreeMap<>();

    Monitor(Machine machine) {
        this(machine, new IdlePcFinder(machine, IDLE_SAMPLES, IDLE_INTERVAL_MS));
    }

    /** A monitor that looks for idle loops with {@code idlePc}. */
    Monitor(Machine machine, IdlePcFinder idlePc) {
        this.machine = machine;
        this.config = machine.config();
        report('o', "what the machine consists of", this::objects);
        report('d', "physical address map", this::regions);
        report('p', "cards, connections and their counters", this::cards);
        report('r', "processor registers and translations", machine.cpu()::dump);
        report('t', "the same as r", machine.cpu()::dump);
        report('j', "execution engine, its code and address caches", this::engine);
        report('b', "the same as j", this::engine);
        report('l', "the same as j", this::engine);
        report('c', "startup configuration to the file " + config.filePrefix + CONFIG_SUFFIX, this::saveConfiguration);
        commands.put('i', new Command("look for idle loops", idlePc::search));
        report('y', "clear interrupt 6", out -> {
            machine.cpu().interruptLine(6).set(false);
            out.append("Interrupt 6 cleared.\n");
        });
        action('s', "suspend the processor", machine::suspend);
        action('u', "resume the processor", machine::resume);
        action('q', "stop the machine", () -> machine.requestStop(Machine.StopReason.USER));
        action('k', "reboot the machine", machine::requestReload);
        config.monitorKeys
                .forEach((key, own) -> commands.put(key, new Command(own.meaning(), answer -> own.action().run())));
    }

    private void report(char key, String meaning, Report report) {
        commands.put(key, new Command(meaning, answer -> machine.execute(() -> answer.accept(text(report)))));
    }

    private void action(char key, String meaning, Runnable action) {
        commands.put(key, new Command(meaning, answer -> {
            answer.accept("\n[" + meaning + "]\n");
            action.run();
        }));
    }

    /** Carries out the command of {@code key}; {@code answer} gets text with plain line feeds, perhaps on another thread. */
    void key(int key, Consumer<String> answer) {
        Command command = commands.get((char) key);
        if (command == null) {
            answer.accept(help());
            return;
        }
        command.action().accept(answer);
    }

    private static String text(Report report) {
        StringBuilder out = new StringBuilder("\n");
        try {
            report.write(out);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toString();
    }

    /** {@code text} as a terminal wants it: every line feed preceded by a carriage return. */
    static byte[] lines(String text) {
        return text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
    }

    private String help() {
        StringBuilder out = new StringBuilder("\nInstance %s (ID %d)\n\n".formatted(config.name, config.instanceId));
        commands.forEach((key, command) -> out.append("  %c  %s%n".formatted(key, command.meaning())));
        return out.append("  the escape character itself is sent to the guest\n").toString();
    }

    private void objects(StringBuilder out) {
        out.append("%s: %s, %s%n".formatted(config.name, machine.cpu().model(), machine.state()));
        for (GuestRam ram : machine.rams()) {
            out.append("  %s, %d KB%n".formatted(ram.name(), ram.size() >> 10));
        }
        out.append(machine.platform().describe()).append('\n');
    }

    private void regions(StringBuilder out) {
        for (Region region : machine.memory().regions()) {
            String kind = region.device() != null ? "device" : region.writable() ? "memory" : "read-only memory";
            out.append("  0x%09x-0x%09x %s: %s%s%n".formatted(region.base(), region.end() - 1, region.name(), kind,
                    region.cacheable() ? "" : ", uncached only"));
        }
    }

    private void cards(StringBuilder out) {
        config.cards.forEach((slot, card) -> out.append("  slot %d: %s%n".formatted(slot, card)));
        config.bindings.forEach(binding -> out.append("  %s%n".formatted(binding)));
        out.append(machine.platform().describeConnections());
    }

    private void engine(StringBuilder out) {
        out.append(machine.describeEngine());
    }

    private void saveConfiguration(StringBuilder out) {
        Path file = config.file(CONFIG_SUFFIX);
        try {
            byte[] text = machine.platform().startupConfiguration();
            Files.write(file, text);
            out.append("Startup configuration (%d bytes) written to %s\n".formatted(text.length, file));
        } catch (ConfigurationException e) {
            out.append("Nothing was written: %s\n".formatted(e.getMessage()));
        } catch (IOException e) {
            out.append("%s cannot be written: %s\n".formatted(file, e));
        }
    }
}
