package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.packaging.xl.XenHost.Result;

/** What xl would swallow in silence or tell late, xenomips-xl refuses with the line and the reason. */
class XlErrorsTest {
    /** A line added to a good file, and what is said of it. */
    private record Line(String text, String message) {
    }

    /** A good file; the added line is line 5, in the section of instance 0, or a section of its own. */
    private static final String GOOD = "type = pv\n\n[0]\nbridges = s a\n";

    private static final List<Line> LINES = List.of( //
            new Line("memry = 400", "unknown key 'memry'; there are: type memory"),
            new Line("Memory = 400", "'Memory' is not a key"), //
            new Line("memory", "this is neither KEY = VALUE nor [SECTION]"), //
            new Line("memory =", "'memory' has no value"), //
            new Line("bridges = b", "'bridges' is set twice"), //
            new Line("memory = 400 # MB", "a comment must have a line of its own"), //
            new Line("memory = 400\r", "not printable ASCII"), //
            new Line("image = Z\u00fcrich", "not printable ASCII"), //
            new Line("memory = 400M", "must be auto, or a number of MB from 64 to 65536, not: 400M"), //
            new Line("memory = 0400", "a number of MB"), //
            new Line("memory = 32", "a number of MB"), //
            new Line("memory = 99999999999999999999", "a number of MB"), //
            new Line("memory = -1", "a number of MB"), //
            new Line("type = hvm", "must be auto, pv or pvh"), //
            new Line("vcpus = 0", "a number from 1 to 64"), //
            new Line("ram = 2048", "a number of MB from 4 to 1024"), //
            new Line("kernel = vmlinuz", "an absolute path"), //
            new Line("root = /srv/my images/root.img", "an absolute path without blanks"), //
            new Line("work = /srv/x'.img", "an absolute path"), //
            new Line("image = a b.bin", "one word"), //
            new Line("image = -X", "one word"), //
            new Line("npe = npe-400\"", "one word"), //
            new Line("arguments = -l \"my log\"", "without quotes"), //
            new Line("arguments = -l 'my log'", "without quotes"), //
            new Line("arguments = -l my\\log", "without quotes and backslashes"), //
            new Line("cmdline = a`b`", "without quotes"), //
            new Line("adapters = PA-FE-TX", "SLOT:CARD words"), //
            new Line("adapters = 8:PA-FE-TX", "SLOT:CARD words with slots from 0 to 7"), //
            new Line("adapters = 1:PA-FX", "made of the cards"), //
            new Line("adapters = 0:PA-FE-TX", "an I/O card (C7200-...) in slot 0"), //
            new Line("adapters = 1:C7200-IO-FE", "an I/O card (C7200-...) in slot 0"), //
            new Line("adapters = 1:PA-FE-TX 1:PA-4E", "each slot once"), //
            new Line("address = 192.0.2.1/24", "unknown key 'address'"), //
            new Line("[0", "the ] is missing"), //
            new Line("[256]", "'256' is not an instance number from 0 to 255"), //
            new Line("[0-256]", "'0-256' is not an instance number from 0 to 255, nor a range"), //
            new Line("[3-1]", "the range '3-1' is empty"), //
            new Line("[1,]", "is not a list of instance numbers"), //
            new Line("[08]", "is not an instance number"), //
            new Line("[]", "is not a list of instance numbers"), //
            new Line("[router]", "is not an instance number"), //
            new Line("[1-2]\nwork = /srv/x.img", "the value of 'work' must be a path with %N"), //
            new Line("[1]\nbridges = a-name-that-is-too-long", "the value of 'bridges' must be names of bridges"),
            new Line("[1]\nbridges = s,a", "names of bridges"), //
            new Line("[bridge a/b]", "'a/b' is not the name of a bridge"), //
            new Line("[bridge s]\n[bridge s]", "[bridge s] is there twice"), //
            new Line("[bridge s]\nmemory = 64", "unknown key 'memory'; there are: address ports hub"), //
            new Line("[bridge s]\nhub = true", "must be yes or no"), //
            new Line("[bridge s]\naddress = 192.0.2.1", "ADDRESS/LENGTH"), //
            new Line("[bridge s]\naddress = $(id)/24", "ADDRESS/LENGTH"));

    /** What is wrong with an instance as a whole: the lines after {@code [0]}, and what is said of them. */
    private static final List<Line> INSTANCES = List.of( //
            new Line("bridges = s a b\nadapters = 1:PA-4E", "(0:C7200-IO-FE 1:PA-4E) have only 1 ports"), //
            new Line("bridges = s a\nadapters = 0:C7200-JC-PA", "have only 0 ports"), //
            new Line("bridges = s a b c d e f g h", "has 8 bridges for the router; it has slots for at most 7"), //
            new Line("bridges = s\nram = 256\nmemory = 300", "300 MB of memory are too little for a router of 256 MB"),
            new Line("memory = 400", "instance 0 has no bridges"), //
            new Line("bridges = s\narguments = " + "x".repeat(1100), "would lose the rest in silence"));

    @TempDir
    Path directory;

    private XenHost host;

    @BeforeEach
    void aHost() throws Exception {
        host = new XenHost(directory);
    }

    @ParameterizedTest
    @EnumSource
    void eachWrongLineIsNamedWithItsReason(Shell shell) throws Exception {
        shell.orSkip();
        List<String> wrong = new ArrayList<>();
        for (Line line : LINES) {
            host.configuration(GOOD + line.text);
            Result result = host.xenomipsXl(shell, "config", "0");
            String place = "xenomips-xl: DIR/xenomips.conf:" + (line.text.contains("\n") ? "6: " : "5: ");
            if (result.status() != 1 || !result.output().isEmpty() || !result.errors().startsWith(place)
                    || !result.errors().contains(line.message) || result.errors().lines().count() != 1) {
                wrong.add(line.text + " -> " + result);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void eachImpossibleInstanceIsRefused(Shell shell) throws Exception {
        shell.orSkip();
        List<String> wrong = new ArrayList<>();
        for (Line line : INSTANCES) {
            host.configuration("type = pv\n[0]\n" + line.text);
            for (String form : List.of("0", "--xm")) {
                Result result = host.xenomipsXl(shell, "config", form);
                if (result.status() != 1 || !result.errors().contains(line.message)) {
                    wrong.add(line.text + " -> " + result);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = { "\"\"|which command?",
            "frobnicate 0|unknown command frobnicate", "create|which instances?",
            "create 0x|'0x' is not an instance number from 0 to 255", "create 256|'256' is not an instance number",
            "create 5-3|the range '5-3' is empty", "create 1,,2|is not a list of instance numbers",
            "create --frob 0|unknown option --frob", "create -w 0|--wait is an option of shutdown",
            "shutdown --make-bridges 0|--make-bridges is an option of create", "console 0-1|console takes one instance",
            "migrate 0|migrate needs instances and a host", "config --xm 0|config --xm is for all instances",
            "create 0 -c|-c needs a file", "create $(id)|is neither a command, nor a list" })
    void wrongCommandLinesAreUsageErrors(String arguments, String message) throws Exception {
        host.configuration(GOOD);
        Result result = host.xenomipsXl(Shell.DASH, arguments.isEmpty() ? new String[0] : arguments.split(" "));
        assertThat(result.errors()).contains("xenomips-xl: ", message, "see 'xenomips-xl --help'");
        assertThat(result.status()).isEqualTo(2);
        assertThat(host.calls()).isEmpty();
    }

    @Test
    void instancesMustHaveASection() throws Exception {
        host.configuration(GOOD);
        Result result = host.xenomipsXl(Shell.DASH, "config", "0-1");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).isEqualTo("xenomips-xl: DIR/xenomips.conf has no section for instance 1\n");
    }

    @Test
    void missingConfigurationFileIsNamed() throws Exception {
        Result result = host.xenomipsXl(Shell.DASH, "list");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("there is no configuration file DIR/xenomips.conf");
    }

    @Test
    void hostThatIsNoControlDomainIsNamed() throws Exception {
        host.configuration("[0]\nbridges = s a\n");
        host.fails("info");
        Result result = host.xenomipsXl(Shell.DASH, "config", "0");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.errors()).contains("xl info fails, so this is no Xen control domain", "write type = pv or");
        Files.delete(directory.resolve("bin/xl"));
        assertThat(host.xenomipsXl(Shell.DASH, "config", "0").errors()).contains("there is no xl to ask");
        assertThat(host.xenomipsXl(Shell.DASH, "create", "0").errors()).contains("there is no xl: ");
    }
}
