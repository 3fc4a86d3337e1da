package org.xenomips.cli.demo;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of {@code xenomips demo}; what is done with them is in {@link Demo}. */
@Command(name = "demo", sortOptions = false, sortSynopsis = false, usageHelpAutoWidth = true, description = {
        "Starts two routers joined by a link, each with a LAN of its own, waits until OSPF has made them neighbours, pings "
                + "from LAN to LAN, shows the routing tables and leaves you at their consoles." }, optionListHeading = "%nOptions:%n", footerHeading = "%n", footer = {
                        "At the console Ctrl-] 1, Ctrl-] 2 and Ctrl-] n change the router, Ctrl-] q ends the demo, Ctrl-] ? lists more.",
                        "Exit status: 0 after everything has been shown, 1 for a usage or start-up error or if something is not as it "
                                + "should be, 2 after an internal error." })
public final class DemoCommand implements Callable<Integer> {
    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--host", description = "Joins the LANs to this host, so that its own ping goes through both routers. Needs root.")
    boolean host;

    @Option(names = "--no-console", description = "Ends after everything has been shown.")
    boolean noConsole;

    @Option(names = "--timeout", paramLabel = "SECONDS", defaultValue = "180", description = "How long to wait for the prompts, and then for OSPF. Default: ${DEFAULT-VALUE}.")
    String timeout = "180";

    @Option(names = "--dir", paramLabel = "DIR", description = "Keeps the routers' files in DIR and continues with them the next time. Default: a temporary directory.")
    @Nullable
    Path directory;

    @Option(names = "--image", paramLabel = "IMAGE", defaultValue = "builtin:router", description = "An image with the commands of the built-in router, such as builtin:router64. Default: ${DEFAULT-VALUE}.")
    Path image = Path.of("builtin:router");

    @Option(names = "-t", paramLabel = "NPE", defaultValue = "npe-400", description = "Processor board of both. Default: ${DEFAULT-VALUE}.")
    String npe = "npe-400";

    @Option(names = "-j", description = "Interprets only; does not translate.")
    boolean interpretOnly;

    @Option(names = { "-h", "--help" }, usageHelp = true, description = "Shows this text and ends.")
    boolean help;

    @Override
    public Integer call() throws Exception {
        if (!spec.commandLine().getParent().getParseResult().matchedArgs().isEmpty()) {
            throw new ParameterException(spec.commandLine(), "demo is the first word of its command line");
        }
        return new Demo(this).run();
    }
}
