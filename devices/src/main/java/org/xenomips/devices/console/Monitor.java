package org.xenomips.devices.console;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    /** A command. */
    private record Command(String meaning, Runnable immediate, @Nullable Report report) {
    }

    private final Machine machine;
    private final MachineConfig config;
    private final Map<Character, Command> commands = new TreeMap<>();

    Monitor(Machine machine) {
        this.machine = machine;
        this.config = machine.config();
        report('o', "what the machine consists of", this::objects);
        report('d', "physical address map", this::regions);
        report('p', "cards and connections", this::cards);
        report('r', "processor registers and translations", machine.cpu()::dump);
        report('t', "the same as r", machine.cpu()::dump);
        report('i', "idle loop", this::idleLoop);
        report('y', "clear interrupt 6", out -> {
            machine.cpu().interruptLine(6).set(false);
            out.append("Interrupt 6 cleared.\n");
        });
        action('s', "suspend the processor", machine::suspend);
        action('u', "resume the processor", machine::resume);
        action('q', "stop the machine", () -> machine.requestStop(Machine.StopReason.USER));
        action('k', "reboot the machine", machine::requestReload);
    }

    private void report(char key, String meaning, Report report) {
        commands.put(key, new Command(meaning, () -> {}, report));
    }

    private void action(char key, String meaning, Runnable action) {
        commands.put(key, new Command(meaning, action, null));
    }

    /** Carries out the command of {@code key}; {@code answer} gets text with plain line feeds, perhaps on another thread. */
    void key(int key, Consumer<String> answer) {
        Command command = commands.get((char) key);
        if (command == null) {
            answer.accept(help());
            return;
        }
        Report report = command.report();
        if (report == null) {
            answer.accept("\n[" + command.meaning() + "]\n");
            command.immediate().run();
            return;
        }
        machine.execute(() -> {
            StringBuilder out = new StringBuilder("\n");
            try {
                report.write(out);
            } catch (IOException e) {
                throw new IllegalStateException("writing to memory failed", e);
            }
            answer.accept(out.toString());
        });
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

    private void idleLoop(StringBuilder out) {
        out.append("Idle loops are recognised while the machine runs; no idle PC is needed. Now at 0x%08x.%n"
                .formatted((int) machine.cpu().pc()));
    }
}
