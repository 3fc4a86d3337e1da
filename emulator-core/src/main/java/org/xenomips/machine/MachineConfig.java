package org.xenomips.machine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.xenomips.exec.EngineOptions;

/**
 * What a machine is built from; plain values with the defaults of a bare command line. Filled on one thread, then handed to
 * {@link Machine} and not changed any more.
 */
public final class MachineConfig {
    /** Where a serial line of the machine ends on the host. */
    public sealed interface Console {
        /** Nowhere: output is dropped. */
        record None() implements Console {
        }

        /** Standard input and output of the process. */
        record Stdio() implements Console {
        }

        /** Another part of this process. */
        record Local(ConsoleEnd end) implements Console {
        }

        /** A TCP listener with telnet; {@code address} is a host name or literal. */
        record Tcp(String address, int port) implements Console {
        }

        /** A host serial device with its line settings. */
        record Serial(String device, int baud, int dataBits, char parity, int stopBits, boolean hardwareFlow)
                implements
                    Console {
        }
    }

    /** What a key behind the escape character does beside the monitor's own ones, or instead of one of them. Thread: any. */
    public record MonitorKey(String meaning, Runnable action) {
    }

    /** How guest time passes. */
    public enum Clock {
        REALTIME, VIRTUAL
    }

    /** A port of a card connected to a host port. */
    public record Binding(int slot, int port, String type, List<String> parameters) {
        @Override
        public String toString() {
            return slot + ":" + port + ":" + type + (parameters.isEmpty() ? "" : ":" + String.join(":", parameters));
        }
    }

    public String platform = "7200";
    public String name = "default";
    /** Instance id, used in file names and in the generated MAC address. */
    public int instanceId;
    /** Prefix of all files of this machine. */
    public String filePrefix = "c7200_i0_";
    public Path workingDirectory = Path.of("");

    public String npe = "npe-400";
    public String midplane = "vxr";
    /** RAM in MB; what exceeds 256 on an npe-400 becomes I/O memory. */
    public int ramMb = 256;
    /** Boot ROM window in MB. */
    public int romMb = 4;
    public int nvramKb = 128;
    public int configRegister = 0x2102;
    /** Chassis base MAC address, 6 bytes; null = generated. */
    public byte @Nullable [] mac;
    /** Processor board serial number, at most 13 characters. */
    public @Nullable String systemId;
    /** PCMCIA disks in MB; 0 = absent. */
    public int disk0Mb = 64;
    public int disk1Mb;

    /** Guest image; null = a built-in guest. */
    public @Nullable Path image;
    /** Name of the built-in guest that is started without an image; null = the usual one. */
    public @Nullable String builtInGuest;
    /** ELF file that replaces the built-in boot ROM. */
    public @Nullable Path rom;
    /** Pushed into NVRAM at start. */
    public @Nullable Path startupConfig;
    public @Nullable Path privateConfig;

    /** Card name by slot. */
    public final NavigableMap<Integer, String> cards = new TreeMap<>();
    public final List<Binding> bindings = new ArrayList<>();

    public Console console = new Console.Stdio();
    public Console aux = new Console.None();
    /** Character that enters the monitor on a console, 0..255; -1 = none. */
    public int consoleEscape = 0x1d;
    /** More keys behind that character. */
    public final Map<Character, MonitorKey> monitorKeys = new TreeMap<>();
    /** Asked, on the machine thread, when the guest has printed its line READY: what the console shows behind it; null = nothing. */
    public @Nullable Supplier<String> readyNote;
    /** Greeting on TCP consoles. */
    public boolean consoleGreeting = true;

    public Clock clock = Clock.REALTIME;
    /** Engine name; null = the best there is. */
    public @Nullable String engine;
    public EngineOptions engineOptions = EngineOptions.NONE;
    /** Address of the guest's idle loop, if the user knows one. */
    public OptionalLong idlePc = OptionalLong.empty();
    /** Saved machine to continue with. */
    public @Nullable Path restore;
    /** Where the state goes when the machine is stopped by a signal or the monitor; null = nowhere. */
    public @Nullable Path save;

    /** {@code suffix} with this machine's prefix, in its working directory. */
    public Path file(String suffix) {
        return workingDirectory.resolve(filePrefix + suffix);
    }
}
