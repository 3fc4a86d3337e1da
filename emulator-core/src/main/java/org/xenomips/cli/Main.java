package org.xenomips.cli;

import java.util.List;
import org.xenomips.cli.demo.DemoCommand;
import org.xenomips.cli.router.RouterCommand;
import org.xenomips.cli.router.Version;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The program. */
public final class Main {
    private Main() {}

    /** Runs one router or answers a question about the program; ends the process with its exit status. */
    public static void main(String[] args) {
        int status = execute(args);
        System.out.flush();
        System.exit(status);
    }

    /** What {@link #main} does, without ending the process. */
    static int execute(String... args) {
        RouterCommand options = new RouterCommand();
        CommandLine command = new CommandLine(options);
        command.addSubcommand(new DemoCommand());
        command.setAbbreviatedOptionsAllowed(true);
        command.setExpandAtFiles(false);
        command.setUnmatchedOptionsAllowedAsOptionParameters(true);
        command.setAllowSubcommandsAsOptionParameters(true);
        command.setParameterExceptionHandler(Main::usageError);
        command.setExecutionExceptionHandler((e, line, parsed) -> {
            System.err.println("The emulator failed; this is a defect. Please report it with these lines:");
            e.printStackTrace();
            return 2;
        });
        command.setExecutionStrategy(parsed -> {
            if (!options.printsBareText()) {
                System.out.println(Version.banner());
            }
            return new CommandLine.RunLast().execute(parsed);
        });
        if (List.of(args).contains("-H")) {
            System.out.println(Version.banner());
            System.err.println("Hypervisor mode (-H) is not available in this version.");
            return 1;
        }
        return command.execute(args);
    }

    private static int usageError(ParameterException e, String[] args) {
        System.out.println(Version.banner());
        System.err.println(e.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, System.err)) {
            System.err.println("Try 'xenomips --help'.");
        }
        return 1;
    }
}
