package org.xenomips.cli.router;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The man page, made from the declared options. */
final class ManPage {
    private ManPage() {}

    /** The page in man(7) form. */
    static String of(CommandSpec spec) {
        StringBuilder page = new StringBuilder();
        page.append(".TH XENOMIPS 1 \"\" \"Xenomips\" \"User Commands\"\n");
        page.append(".SH NAME\nxenomips \\- a Cisco 7200 router in a process\n");
        page.append(".SH SYNOPSIS\n.B xenomips\n[\\fIOPTION\\fR]... [\\fIIMAGE\\fR]\n.br\n");
        page.append(".B xenomips demo\n[\\fIOPTION\\fR]...\n");
        page.append(".SH DESCRIPTION\n");
        for (String line : spec.usageMessage().description()) {
            page.append(text(line)).append('\n');
        }
        page.append("Options and the image may come in any order; long options may be shortened.\n.SH OPTIONS\n");
        options(page, spec);
        for (CommandLine command : spec.subcommands().values()) {
            page.append(".SH THE COMMAND ").append(command.getCommandName().toUpperCase(Locale.ROOT)).append('\n');
            page.append(".B xenomips ").append(command.getCommandName()).append("\n[\\fIOPTION\\fR]...\n.PP\n");
            for (String line : command.getCommandSpec().usageMessage().description()) {
                page.append(text(line)).append('\n');
            }
            options(page, command.getCommandSpec());
        }
        page.append(FILES).append(".SH EXAMPLES\n.nf\n");
        for (String line : spec.usageMessage().footer()) {
            if (line.startsWith(" ")) {
                page.append(text(line.strip())).append('\n');
            }
        }
        page.append(".fi\n").append(STATUS);
        return page.toString();
    }

    private static void options(StringBuilder page, CommandSpec spec) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                option(page, option);
            }
        }
    }

    private static void option(StringBuilder page, OptionSpec option) {
        page.append(".TP\n");
        List<String> names = List.of(option.names());
        String value = "\\fI" + text(option.paramLabel()) + "\\fR";
        String argument = option.arity().max() == 0 ? "" : option.arity().min() == 0 ? "[=" + value + "]" : " " + value;
        page.append(String.join(", ", names.stream().map(n -> "\\fB" + text(n) + "\\fR" + argument).toList()));
        page.append('\n');
        for (String line : option.description()) {
            String usual = option.defaultValue() == null ? "" : option.defaultValue();
            page.append(text(line.replace("${DEFAULT-VALUE}", usual))).append('\n');
        }
    }

    private static String text(String plain) {
        return plain.replace("\\", "\\e").replace("-", "\\-");
    }

    private static final String FILES = """
            .SH FILES
            In the working directory, with the prefix \\fIc7200_i<ID>_\\fR (\\fB\\-N 1\\fR) or \\fIc7200_<NAME>_\\fR (\\fB\\-N 0\\fR):
            .TP
            .B nvram, bootflash, disk0, disk1
            persistent contents, raw
            .TP
            .B rommon_vars
            ROM monitor variables
            .TP
            .B ios_cfg.txt
            startup configuration, written by \\fBc\\fR in the monitor
            .TP
            .B log.txt
            log of the router
            .TP
            .B jit.txt
            trace of the translator, with \\fB\\-\\-trace\\-jit\\fR
            .TP
            .B lock
            held while the router runs
            """;

    private static final String STATUS = """
            .SH EXIT STATUS
            0 after a normal end (stopped by the guest, a signal or the monitor), 1 for a usage or start\\-up error, 2 after an
            internal error.
            .SH SIGNALS
            SIGTERM and SIGINT end the router in an orderly way. On a terminal console Ctrl\\-C goes to the guest.
            """;
}
