package org.xenomips.cli.router;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.xenomips.exec.EngineOptions;
import org.xenomips.exec.ExecutionEngineFactory;
import org.xenomips.machine.ConfigurationException;
import org.xenomips.machine.HostTerminal;
import org.xenomips.machine.NvramTool;
import org.xenomips.machine.PlatformFactory;
import org.xenomips.net.HostServices;
import org.xenomips.net.PortFactory;

/** What the modules beside the core provide, found with {@link ServiceLoader}. */
public final class Plugins {
    private Plugins() {}

    static List<PlatformFactory> platforms() {
        return all(PlatformFactory.class);
    }

    static PlatformFactory platform(String name) throws ConfigurationException {
        for (PlatformFactory factory : platforms()) {
            if (factory.name().equals(name)) {
                return factory;
            }
        }
        throw new ConfigurationException("Invalid platform type '" + name + "'");
    }

    /** All engines, the preferred one first. */
    static List<ExecutionEngineFactory> engines() {
        List<ExecutionEngineFactory> engines = all(ExecutionEngineFactory.class);
        engines.sort(Comparator.comparingInt(ExecutionEngineFactory::priority).reversed());
        return engines;
    }

    static HostServices hostServices() throws ConfigurationException {
        for (HostServices services : all(HostServices.class)) {
            return services;
        }
        throw new ConfigurationException("this installation has no host networking");
    }

    public static HostTerminal hostTerminal() throws ConfigurationException {
        for (HostTerminal terminal : all(HostTerminal.class)) {
            return terminal;
        }
        throw new ConfigurationException("this installation has no consoles");
    }

    public static NvramTool nvramTool() throws ConfigurationException {
        for (NvramTool tool : all(NvramTool.class)) {
            return tool;
        }
        throw new ConfigurationException("this installation has no boards, so it knows no NVRAM");
    }

    /** The engine called {@code name}, or the preferred one, which must support {@code options}. */
    static ExecutionEngineFactory engine(@Nullable String name, EngineOptions options) throws ConfigurationException {
        List<ExecutionEngineFactory> engines = engines();
        for (ExecutionEngineFactory factory : engines) {
            if (name == null || factory.name().equals(name)) {
                if (options.lockstep() && !factory.supportsLockstep()) {
                    throw new ConfigurationException("the engine '" + factory.name() + "' has nothing to compare with "
                            + "the interpreter: --lockstep needs one that translates");
                }
                return factory;
            }
        }
        throw new ConfigurationException("there is no engine '" + name + "'; available: "
                + String.join(", ", engines.stream().map(ExecutionEngineFactory::name).toList()));
    }

    static List<PortFactory> ports() {
        return all(PortFactory.class);
    }

    public static PortFactory port(String type) throws ConfigurationException {
        for (PortFactory factory : ports()) {
            if (factory.type().equals(type)) {
                return factory;
            }
        }
        throw new ConfigurationException("unknown NETIO type '" + type + "'; available: "
                + String.join(", ", ports().stream().map(PortFactory::type).sorted().toList()));
    }

    private static <T> List<T> all(Class<T> service) {
        List<T> result = new ArrayList<>();
        ServiceLoader.load(service).forEach(result::add);
        return result;
    }
}
