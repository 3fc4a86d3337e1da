package org.xenomips.cli.router;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The options of the program, each declared once: parsing, help, completion and the man page follow from here. What they mean for a
 * machine is in {@link ConfigBuilder}.
 */
@Command(name = "xenomips", versionProvider = Version.class, sortOptions = false, sortSynopsis = false, abbreviateSynopsis = true, usageHelpAutoWidth = true, description = "Runs a Cisco 7200 router. Without an image a built-in guest is started.", optionListHeading = "%nOptions:%n", parameterListHeading = "%nArguments:%n", footerHeading = "%nExamples:%n", footer = {
        "  xenomips c7200-image.bin -p 1:PA-FE-TX -s 0:0:linux_eth:eth1 -s 1:0:tap:tap0",
        "  xenomips -T 2001 -t npe-300 -C startup.cfg c7200-image.bin",
        "  xenomips --nvram-export c7200_i0_nvram > startup.cfg", "  xenomips demo",
        "Exit status: 0 after a normal end, 1 for a usage or start-up error, 2 after an internal error." })
public final class RouterCommand implements Callable<Integer> {
    /** What an image's name begins with when it is part of the program. */
    static final String BUILT_IN = "builtin:";

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "0..*", paramLabel = "IMAGE", description = "Guest image: ELF, ELF in ZIP or gzip, self-extracting ELF, or builtin:NAME; see --list-hardware. None: the first of those.")
    List<Path> images = new ArrayList<>();

    @Option(names = "-P", paramLabel = "PLATFORM", defaultValue = "7200", description = "Platform: ${DEFAULT-VALUE}.")
    String platform = "7200";

    @Option(names = "-t", paramLabel = "NPE", defaultValue = "npe-400", description = "Processor board; see --list-hardware. Default: ${DEFAULT-VALUE}.")
    String npe = "npe-400";

    @Option(names = "-M", paramLabel = "MIDPLANE", defaultValue = "vxr", description = "Midplane, std or vxr. Default: ${DEFAULT-VALUE}.")
    String midplane = "vxr";

    @Option(names = "-p", paramLabel = "SLOT:CARD", description = "Puts a card into a slot. Repeatable.")
    List<String> cards = new ArrayList<>();

    @Option(names = "-s", paramLabel = "SLOT:PORT:TYPE[:PARAMETERS]", description = "Connects a port of a card; types are in --list-hardware. Repeatable.")
    List<String> bindings = new ArrayList<>();

    @Option(names = "--capture", paramLabel = "SLOT:PORT:FILE", description = "Writes all frames of a connected port to a pcap file. Repeatable.")
    List<String> captures = new ArrayList<>();

    @Option(names = "-r", paramLabel = "MB", defaultValue = "256", description = "RAM size. Default: ${DEFAULT-VALUE}.")
    String ram = "256";

    @Option(names = "-o", paramLabel = "MB", defaultValue = "4", description = "Boot ROM window. Default: ${DEFAULT-VALUE}.")
    String rom = "4";

    @Option(names = "-n", paramLabel = "KB", defaultValue = "128", description = "NVRAM size. Default: ${DEFAULT-VALUE}.")
    String nvram = "128";

    @Option(names = "--disk0", paramLabel = "MB", defaultValue = "64", description = "Size of PCMCIA disk 0, 0 = none. Default: ${DEFAULT-VALUE}.")
    String disk0 = "64";

    @Option(names = "--disk1", paramLabel = "MB", defaultValue = "0", description = "Size of PCMCIA disk 1, 0 = none. Default: ${DEFAULT-VALUE}.")
    String disk1 = "0";

    @Option(names = "-c", paramLabel = "REGISTER", defaultValue = "0x2102", description = "Configuration register; boot field 0 = ROM monitor. Default: ${DEFAULT-VALUE}.")
    String configRegister = "0x2102";

    @Option(names = "-m", paramLabel = "MAC", description = "Chassis base MAC address.")
    @Nullable
    String mac;

    @Option(names = "-I", paramLabel = "NUMBER", description = "Processor board serial number.")
    @Nullable
    String systemId;

    @Option(names = { "-C",
            "--startup-config" }, paramLabel = "FILE", description = "Puts FILE into NVRAM as startup configuration.")
    @Nullable
    Path startupConfig;

    @Option(names = "--private-config", paramLabel = "FILE", description = "Puts FILE into NVRAM as private configuration.")
    @Nullable
    Path privateConfig;

    @Option(names = "--nvram-export", paramLabel = "NVRAM", description = "Takes the startup configuration out of the file NVRAM and ends. "
            + "It goes to the file of -C, else to standard output; the private configuration goes to the file of --private-config.")
    @Nullable
    Path nvramExport;

    @Option(names = "--nvram-import", paramLabel = "NVRAM", description = "Puts the files of -C and --private-config into the file NVRAM and ends; "
            + "a new file gets the size of -n.")
    @Nullable
    Path nvramImport;

    @Option(names = "-R", paramLabel = "FILE", description = "Boot ROM (ELF) instead of the built-in one.")
    @Nullable
    Path bootRom;

    @Option(names = "--rommon", description = "Stops in the ROM monitor instead of starting the image.")
    boolean rommon;

    @Option(names = "--load-address", paramLabel = "ADDRESS", description = "The image is a raw binary: load and enter it here, for example 0x80008000.")
    @Nullable
    String loadAddress;

    @Option(names = "--image-cache", paramLabel = "DIR", description = "Where unpacked images are kept. Default: the user's cache directory.")
    @Nullable
    Path imageCache;

    @Option(names = "-i", paramLabel = "ID", defaultValue = "0", description = "Instance id, used in file names and the generated MAC. Default: ${DEFAULT-VALUE}.")
    String instance = "0";

    @Option(names = "-N", paramLabel = "0|1", defaultValue = "1", description = "Names files by VM name (0) or instance id (1). Default: ${DEFAULT-VALUE}.")
    String naming = "1";

    @Option(names = "-T", paramLabel = "PORT", description = "Console on TCP port PORT (telnet).")
    @Nullable
    String consoleTcp;

    @Option(names = "-U", paramLabel = "DEVICE[:BAUD...]", description = "Console on a host serial device.")
    @Nullable
    String consoleSerial;

    @Option(names = "-A", paramLabel = "PORT", description = "AUX port on TCP port PORT (telnet).")
    @Nullable
    String auxTcp;

    @Option(names = "-B", paramLabel = "DEVICE[:BAUD...]", description = "AUX port on a host serial device.")
    @Nullable
    String auxSerial;

    @Option(names = "--console-binding-addr", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Where TCP consoles listen. Default: ${DEFAULT-VALUE}.")
    String consoleAddress = "127.0.0.1";

    @Option(names = "--console-escape", paramLabel = "CHAR", defaultValue = "^]", description = "Character that enters the monitor on a console: ^X, a character, a number, or none. "
            + "Default: ${DEFAULT-VALUE}.")
    String consoleEscape = "^]";

    @Option(names = "--noctrl", description = "The same as --console-escape none.")
    boolean noControl;

    @Option(names = "--notelnetmsg", description = "No greeting on TCP consoles.")
    boolean noGreeting;

    @Option(names = "--clock", paramLabel = "realtime|virtual", defaultValue = "realtime", description = "Guest time: the host's, or counted in instructions (repeatable). "
            + "Default: ${DEFAULT-VALUE}.")
    String clock = "realtime";

    @Option(names = "-j", description = "Interprets only; does not translate.")
    boolean interpretOnly;

    @Option(names = "--engine", paramLabel = "NAME", description = "Execution engine by name.")
    @Nullable
    String engine;

    @Option(names = "--jit-stats", description = "Prints at the end what the translator has done and where it leaves its code.")
    boolean jitStats;

    @Option(names = "--trace-jit", arity = "0..1", preprocessor = AttachedValue.class, paramLabel = "FILE", description = "Writes a line for each thing that happens to translated code to FILE. Default: the router's file jit.txt.")
    @Nullable
    String traceJit;

    @Option(names = "--trace-jit-code", description = "With --trace-jit: shows the translated code, too, guest instruction by guest instruction.")
    boolean traceJitCode;

    @Option(names = "--lockstep", description = "For finding defects: executes everything translated a second time with the interpreter and stops "
            + "where the two differ. Slow.")
    boolean lockstep;

    @Option(names = "--idle-pc", paramLabel = "ADDRESS", description = "Address of the guest's idle loop. Not needed: idle loops are found automatically.")
    @Nullable
    String idlePc;

    @Option(names = "--timing", description = "Prints at the console how long the start took when a built-in guest says that it is ready.")
    boolean timing;

    @Option(names = "--restore", paramLabel = "FILE", description = "Continues with the machine saved in FILE.")
    @Nullable
    Path restore;

    @Option(names = "--save", paramLabel = "FILE", description = "Saves the machine to FILE when it is stopped by a signal or from the monitor.")
    @Nullable
    Path save;

    @Option(names = "--strict", description = "A bad card, connection or MAC address ends the start.")
    boolean strict;

    @Option(names = "-l", paramLabel = "FILE", defaultValue = "dynamips_log.txt", description = "General log file. Default: ${DEFAULT-VALUE}.")
    Path generalLog = Path.of("dynamips_log.txt");

    @Option(names = "--vm-debug", paramLabel = "LEVEL", description = "1 = the general log also names mistakes of the guest and gaps of the models.")
    @Nullable
    String vmDebug;

    @Option(names = "--filepid", paramLabel = "FILE", description = "Writes the process id to FILE.")
    @Nullable
    Path pidFile;

    @Option(names = "-G", paramLabel = "FILE", description = "Takes RAM contents from a ghost file.")
    @Nullable
    Path ghost;

    @Option(names = "-g", paramLabel = "FILE", description = "Writes RAM with the loaded image to a ghost file and ends.")
    @Nullable
    Path makeGhost;

    @Option(names = { "-e", "--list-interfaces" }, description = "Lists the host's network interfaces and ends.")
    boolean listInterfaces;

    @Option(names = "--list-hardware", description = "Lists boards, cards, built-in images and connection types and ends.")
    boolean listHardware;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this text and ends.")
    boolean help;

    @Option(names = { "-V", "--version" }, versionHelp = true, description = "Shows the version and ends.")
    boolean version;

    @Option(names = "--completion", hidden = true, description = "Prints the shell completion script.")
    boolean completion;

    @Option(names = "--man-page", hidden = true, description = "Prints the man page.")
    boolean manPage;

    // Accepted from scripts written for the compatible program; without effect here.

    @Option(names = "-X", hidden = true, description = "RAM in anonymous memory: always so.")
    boolean anonymousRam;

    @Option(names = "--sparse-mem", hidden = true, description = "RAM committed when touched: always so.")
    boolean sparseMemory;

    @Option(names = "-k", hidden = true, paramLabel = "N", description = "Clock divisor: time is exact here.")
    String clockDivisor = "4";

    @Option(names = "--timer-itv", hidden = true, paramLabel = "N", description = "Timer check interval.")
    @Nullable
    String timerInterval;

    @Option(names = "--exec-area", hidden = true, paramLabel = "MB", description = "Size of a code area.")
    @Nullable
    String execArea;

    @Option(names = "-L", hidden = true, paramLabel = "FILE", description = "Plug-in.")
    @Nullable
    String plugin;

    /** The options in {@code arguments}. */
    static RouterCommand parse(List<String> arguments) {
        RouterCommand options = new RouterCommand();
        new CommandLine(options).parseArgs(arguments.toArray(String[]::new));
        return options;
    }

    /** The name behind {@code builtin:} if the image is one of those, else null. */
    @Nullable
    String builtInGuest() {
        String name = images.isEmpty() ? "" : images.getFirst().toString();
        return name.startsWith(BUILT_IN) ? name.substring(BUILT_IN.length()) : null;
    }

    /** The file the image is in; null for one that is built in. */
    @Nullable
    Path imageFile() {
        return images.isEmpty() || builtInGuest() != null ? null : images.getFirst();
    }

    /** True if standard output is for a program or a file, so that it must hold nothing but what was asked for. */
    public boolean printsBareText() {
        return completion || manPage || nvramExport != null && startupConfig == null;
    }

    /** True when the log should name every mistake of the guest and every gap of the models. */
    boolean wantsDetails() {
        return vmDebug != null && !vmDebug.equals("0");
    }

    @Override
    public Integer call() throws Exception {
        return new Router(this).run();
    }
}
