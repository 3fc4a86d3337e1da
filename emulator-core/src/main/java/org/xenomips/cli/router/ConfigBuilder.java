package org.xenomips.cli.router;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.MachineConfig;
import org.xenomips.machine.MachineConfig.Console;
import org.xenomips.machine.PlatformFactory;

/** Turns options into a {@link MachineConfig}. Prints what scripts expect to see; keeps going after a bad card, port or MAC. */
final class ConfigBuilder {
    private final RouterCommand options;
    private final PlatformFactory platform;
    private final Consumer<String> warn;
    private final MachineConfig config = new MachineConfig();

    /** {@code warn} gets the messages that do not end the start (all of them are fatal with {@code --strict}). */
    ConfigBuilder(RouterCommand options, PlatformFactory platform, Consumer<String> warn) {
        this.options = options;
        this.platform = platform;
        this.warn = warn;
    }

    private interface Step {
        void run() throws ConfigurationException;
    }

    private void tolerate(Step step) throws ConfigurationException {
        try {
            step.run();
        } catch (ConfigurationException e) {
            if (options.strict) {
                throw e;
            }
            warn.accept(String.valueOf(e.getMessage()));
        }
    }

    MachineConfig build() throws ConfigurationException {
        if (options.images.size() > 1) {
            throw new ConfigurationException("Please specify one image filename; these are several: " + options.images);
        }
        identity();
        memory();
        hardware();
        consoles();
        execution();
        return config;
    }

    private void identity() throws ConfigurationException {
        config.platform = options.platform;
        config.instanceId = Values.number("-i", options.instance, 0, 65535);
        int naming = Values.number("-N", options.naming, 0, 1);
        config.filePrefix = "c7200_" + (naming == 1 ? "i" + config.instanceId : config.name) + "_";
        config.systemId = options.systemId;
        String mac = options.mac;
        if (mac != null) {
            tolerate(() -> {
                config.mac = Values.mac(mac);
                System.out.println("MAC address set to '" + mac + "'.");
            });
        }
    }

    private void memory() throws ConfigurationException {
        config.ramMb = Values.number("-r", options.ram, 1, 4096);
        config.romMb = Values.number("-o", options.rom, 1, 4);
        config.nvramKb = Values.nvramKb(options.nvram);
        config.disk0Mb = Values.number("--disk0", options.disk0, 0, 2047);
        config.disk1Mb = Values.number("--disk1", options.disk1, 0, 2047);
        config.configRegister = (int) Values.number("-c", options.configRegister, 0, 0xffff, true);
        if (options.rommon) {
            config.configRegister &= ~0xf;
        }
        if (Values.number("-k", options.clockDivisor, Integer.MIN_VALUE, Integer.MAX_VALUE) == 0) {
            throw new ConfigurationException("Invalid Clock Divisor specified!");
        }
    }

    private void hardware() throws ConfigurationException {
        String usual = config.npe;
        tolerate(() -> {
            config.npe = options.npe;
            try {
                platform.processor(config);
            } catch (ConfigurationException e) {
                config.npe = usual;
                throw new ConfigurationException("-t: " + e.getMessage() + ". The router gets an " + usual + ".", e);
            }
        });
        config.midplane = options.midplane;
        if (!options.midplane.equals("std") && !options.midplane.equals("vxr")) {
            throw new ConfigurationException("-M: there is no midplane '" + options.midplane
                    + "'; it is std or vxr. (ATM bridge files are not supported.)");
        }
        for (String text : options.cards) {
            tolerate(() -> {
                Values.Card card = Values.Card.parse(text);
                if (card.slot() != 0 && config.cards.containsKey(card.slot())) {
                    throw new ConfigurationException("-p " + text + ": slot " + card.slot() + " already holds a "
                            + config.cards.get(card.slot()));
                }
                checkCard(text, card);
                config.cards.put(card.slot(), card.name());
            });
        }
        for (String text : options.bindings) {
            tolerate(() -> config.bindings.add(Values.binding(text)));
        }
    }

    private void checkCard(String text, Values.Card card) throws ConfigurationException {
        try {
            platform.checkCard(card.slot(), card.name());
        } catch (ConfigurationException e) {
            throw new ConfigurationException("-p " + text + ": " + e.getMessage(), e);
        }
    }

    private void consoles() throws ConfigurationException {
        Console console = line("-T", options.consoleTcp, "-U", options.consoleSerial);
        config.console = console == null ? new Console.Stdio() : console;
        Console aux = line("-A", options.auxTcp, "-B", options.auxSerial);
        config.aux = aux == null ? new Console.None() : aux;
        config.consoleEscape = options.noControl ? -1 : Values.escape(options.consoleEscape);
        config.consoleGreeting = !options.noGreeting;
        if (options.timing) {
            config.readyNote = () -> String.format(Locale.ROOT, "[ready after %.1f s]", ProcessAge.seconds());
        }
    }

    private @Nullable Console line(String tcpOption, @Nullable String tcp, String serialOption, @Nullable String serial)
            throws ConfigurationException {
        if (tcp != null && serial != null) {
            throw new ConfigurationException(tcpOption + " and " + serialOption + " exclude each other");
        }
        if (tcp != null) {
            return new Console.Tcp(options.consoleAddress, Values.number(tcpOption, tcp, 1, 65535));
        }
        return serial == null ? null : Values.serial(serialOption, serial);
    }

    private void execution() throws ConfigurationException {
        config.clock = switch (options.clock) {
            case "realtime" -> MachineConfig.Clock.REALTIME;
            case "virtual" -> MachineConfig.Clock.VIRTUAL;
            default -> throw new ConfigurationException("--clock: '" + options.clock + "' is not realtime or virtual");
        };
        config.engine = options.interpretOnly ? "interpreter" : options.engine;
        if (options.traceJitCode && options.traceJit == null) {
            throw new ConfigurationException("--trace-jit-code needs --trace-jit");
        }
        if (options.lockstep) {
            if (options.interpretOnly) {
                throw new ConfigurationException(
                        "--lockstep compares translated code with the interpreter; -j translates nothing");
            }
            config.engineOptions = config.engineOptions.withLockstep();
        }
        String idlePc = options.idlePc;
        config.idlePc = idlePc == null ? OptionalLong.empty() : Values.address("--idle-pc", idlePc);
        config.builtInGuest = options.builtInGuest();
        config.image = options.imageFile();
        config.rom = options.bootRom;
        config.startupConfig = options.startupConfig;
        config.privateConfig = options.privateConfig;
        config.restore = options.restore;
        config.save = options.save;
    }
}
