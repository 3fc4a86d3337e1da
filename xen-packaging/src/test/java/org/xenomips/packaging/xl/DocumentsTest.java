package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xenomips.packaging.xl.XenHost.Result;

/** The dom0 tools' documents say what the scripts do. */
class DocumentsTest {
    private static final Pattern OPTION = Pattern.compile("--[a-z][a-z0-9-]+");

    @TempDir
    Path directory;

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            found.add(matcher.group(matcher.groupCount()));
        }
        return found.stream().distinct().sorted().toList();
    }

    private String help(Path script) throws Exception {
        Result result = new XenHost(directory).run(Shell.DASH, List.of(script.toString(), "--help"));
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output();
    }

    private static String manual(String name) throws Exception {
        return Files.readString(XenHost.tool(name)).replace("\\-", "-").replaceAll("\\\\f[BIRP]", "");
    }

    @Test
    void manualPageAndCompletionHaveAllCommandsAndOptions() throws Exception {
        String help = help(XenHost.tool("xenomips-xl"));
        List<String> options = found(OPTION, help);
        List<String> commands = found(Pattern.compile("(?m)^  ([a-z]+) "), help);
        assertThat(options).contains("--dry-run", "--make-bridges");
        assertThat(commands).contains("create", "migrate");
        assertThat(manual("xenomips-xl.1")).contains(options).contains(commands);
        assertThat(Files.readString(XenHost.tool("xenomips-xl.bash"))).contains(options).contains(commands);
    }

    @Test
    void manualPageHasAllKeys() throws Exception {
        String script = Files.readString(XenHost.tool("instances.sh"));
        for (String list : List.of("instance_keys", "bridge_keys")) {
            String keys = found(Pattern.compile("readonly " + list + "=\"([a-z ]+)\""), script).getFirst();
            for (String key : keys.split(" ")) {
                assertThat(manual("xenomips.conf.5")).containsPattern("(?m)^\\.TP\\n(.*, )?" + key + " = ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = { "xenomips-xl.1", "xenomips.conf.5" })
    void manualPagesAreWellFormed(String page) throws Exception {
        assumeTrue(Shell.isThere("groff"), "groff is not installed");
        Process groff = new ProcessBuilder("groff", "-ww", "-man", "-Tascii", "-z", XenHost.tool(page).toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(groff.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)).isEmpty();
        assertThat(groff.waitFor()).isZero();
    }

    @Test
    void exampleConfigurationIsOne() throws Exception {
        XenHost host = new XenHost(directory);
        Files.copy(XenHost.tool("xenomips.conf"), directory.resolve("xenomips.conf"));
        Result result = host.xenomipsXl(Shell.DASH, "config", "all");
        assertThat(result.status()).as(result.errors()).isZero();
        assertThat(result.output()).contains("name    = \"xenomips2\"");
    }

    @Test
    void guideNamesAllOptionsOfInstall() throws Exception {
        String help = help(XenHost.top().resolve("xen-packaging/src/main/install/install")).replace("--help", "");
        assertThat(Files.readString(XenHost.top().resolve("docs/xen.md"))).contains(found(OPTION, help));
    }

    /** What bash offers for a command line whose last word is being typed. */
    private List<String> completions(String... words) throws Exception {
        String script = """
                . "$1"; conf=$2; shift 2
                COMP_WORDS=(xenomips-xl -c "$conf" "$@") COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _xenomips_xl
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        List<String> command = new ArrayList<>(List.of("bash", "-c", script, "bash",
                XenHost.tool("xenomips-xl.bash").toString(), XenHost.tool("xenomips.conf").toString()));
        command.addAll(List.of(words));
        Process bash = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).lines()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void completionKnowsCommandsOptionsAndInstances() throws Exception {
        assumeTrue(Shell.isThere("bash"), "bash is not installed");
        assertThat(completions("re")).containsExactly("restore");
        assertThat(completions("create", "--")).contains("--make-bridges", "--dry-run").doesNotContain("--wait");
        assertThat(completions("console", "")).containsExactly("all", "0", "1", "2");
    }
}
