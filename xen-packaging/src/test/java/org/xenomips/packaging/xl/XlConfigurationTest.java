package org.xenomips.packaging.xl;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xenomips.GeneratedFile;
import org.xenomips.devices.adapter.CardType;
import org.xenomips.packaging.xl.XenHost.Result;

/**
 * What xenomips-xl makes of a configuration file. The golden files show whole configurations with their kernel command lines; after an
 * intended change write them anew with {@code -Dregenerate=true} and look at the difference.
 */
class XlConfigurationTest {
    private static final String GOLDEN = "xen-packaging/src/test/resources/org/xenomips/packaging/xl/";
    private static final String LAB = "0-1,7,10,255";

    @TempDir
    Path directory;

    private XenHost host;

    @BeforeEach
    void aHost() throws Exception {
        host = new XenHost(directory);
    }

    private void lab(String first) throws Exception {
        try (InputStream lab = XlConfigurationTest.class.getResourceAsStream("lab.conf")) {
            host.configuration(
                    first + "\n" + new String(requireNonNull(lab).readAllBytes(), StandardCharsets.US_ASCII));
        }
    }

    private String config(Shell shell, String... arguments) throws Exception {
        Result result = host.xenomipsXl(shell, arguments);
        assertThat(result.status()).as(result.errors()).isZero();
        return result.output().replace("DIR/", "/etc/xen/");
    }

    @ParameterizedTest
    @EnumSource
    void paravirtualDomainsAreAsInTheGoldenFile(Shell shell) throws Exception {
        lab("type = pv");
        GeneratedFile.assertCurrent(GOLDEN + "lab-pv.cfg", config(shell, "config", LAB));
    }

    @ParameterizedTest
    @EnumSource
    void hardwareVirtualDomainsAreAsInTheGoldenFile(Shell shell) throws Exception {
        lab("type = pvh");
        GeneratedFile.assertCurrent(GOLDEN + "lab-pvh.cfg", config(shell, "config", LAB));
    }

    @ParameterizedTest
    @EnumSource
    void oneFileForTheOldXmIsAsInTheGoldenFile(Shell shell) throws Exception {
        lab("");
        GeneratedFile.assertCurrent(GOLDEN + "lab-xm.py", config(shell, "config", "--xm"));
    }

    @ParameterizedTest
    @EnumSource
    void typeIsWhatTheHostOffers(Shell shell) throws Exception {
        lab("");
        assertThat(config(shell, "config", "0")).contains("type    = \"pvh\"");
        host.offers("xen-3.0-x86_64 xen-3.0-x86_32p");
        assertThat(config(shell, "config", "0")).contains("type    = \"pv\"");
    }

    @ParameterizedTest
    @EnumSource
    void laterSectionsOverrideEarlierOnes(Shell shell) throws Exception {
        host.configuration("type=pv\nmemory = 500\n[0-9]\nmemory = 600\nbridges=s a\n[3]\nmemory=700\n");
        assertThat(config(shell, "config", "2")).contains("memory  = 600\n");
        assertThat(config(shell, "config", "3")).contains("memory  = 700\n").contains("bridge=a,");
    }

    @ParameterizedTest
    @EnumSource
    void rangesAndListsNameEachInstanceOnce(Shell shell) throws Exception {
        host.configuration("type=pv\n[0-255]\nbridges=s\n");
        assertThat(names(config(shell, "config", "0,3,5-7"))).containsExactly(0, 3, 5, 6, 7);
        assertThat(names(config(shell, "config", "9", "3-4", "xenomips4", "N=2"))).containsExactly(9, 3, 4, 2);
        host.configuration("type=pv\n[2,4-5]\nbridges=s\n");
        assertThat(names(config(shell, "config", "all"))).containsExactly(2, 4, 5);
    }

    private static List<Integer> names(String configurations) {
        return configurations.lines()
                .filter(line -> line.startsWith("name "))
                .map(line -> Integer.valueOf(line.replaceAll("\\D", "")))
                .toList();
    }

    @Test
    void everyInterfaceOfEveryInstanceHasItsOwnAddress() throws Exception {
        host.configuration("type=pv\n[0-255]\nbridges=s a b c d e f g\n");
        List<String> addresses = config(Shell.DASH, "config", "0-255").lines()
                .filter(line -> line.contains("mac="))
                .map(line -> line.replaceAll(".*mac=|',", ""))
                .toList();
        assertThat(addresses).hasSize(256 * 8)
                .doesNotHaveDuplicates()
                .allMatch(mac -> mac.matches("00:16:3e:01:[0-9a-f]{2}:c[0-7]"));
    }

    /** The script must know the cards, because dom0 has no Java to ask. */
    @Test
    void portsOfCardsAreThoseOfTheEmulator() throws Exception {
        String script = "for card; do ports_of $card || ports=unknown; echo $card $ports; done";
        String cards = List.of(CardType.values()).stream().map(CardType::cliName).collect(Collectors.joining(" "));
        Result result = host.run(Shell.DASH,
                List.of("-c", ". '" + XenHost.tool("instances.sh") + "'; set -- " + cards + "; " + script));
        String expected = List.of(CardType.values())
                .stream()
                .map(card -> card.cliName() + " " + (card.works() ? card.ports() : 0) + "\n")
                .collect(Collectors.joining());
        assertThat(result.output()).as("ports_of in instances.sh").isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource
    void commandLinesOfParavirtualDomainsMayHave1023Bytes(Shell shell) throws Exception {
        String shortest = "[0]\nbridges=s a\narguments=-c 0x2102";
        host.configuration("type=pv\n" + shortest);
        int length = commandLine(config(shell, "config", "0")).length();
        String filler = "x".repeat(1023 - length);
        host.configuration("type=pv\n" + shortest + filler);
        assertThat(commandLine(config(shell, "config", "0"))).hasSize(1023).endsWith("x\"");
        host.configuration("type=pv\n" + shortest + filler + "x");
        Result refused = host.xenomipsXl(shell, "config", "0");
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.output()).isEmpty();
        assertThat(refused.errors()).contains("has 1024 bytes; a pv domain takes 1023");
        host.configuration("type=pvh\n" + shortest + filler + "x");
        assertThat(commandLine(config(shell, "config", "0"))).hasSize(1024);
    }

    private static String commandLine(String configuration) {
        return configuration.lines()
                .filter(line -> line.startsWith("cmdline = '"))
                .map(line -> line.substring("cmdline = '".length(), line.length() - 1))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @EnumSource
    void valuesAreNeverExecuted(Shell shell) throws Exception {
        host.configuration("type=pv\nimage=$(touch${IFS}DIR/executed);$HOME*?[a]\n[0]\nbridges=s\n");
        assertThat(config(shell, "config", "0"))
                .contains("/data/Cisco_IOS/$(touch${IFS}/etc/xen/executed);$HOME*?[a] -m");
        assertThat(directory.resolve("executed")).doesNotExist();
    }

    @Test
    void fileMayHaveManyInstancesWithoutLongWaits() throws Exception {
        host.configuration("type=pv\n" + IntStream.range(0, 256)
                .mapToObj("[%d]\nbridges = s a b\nnpe = npe-300\nram = 128\n"::formatted)
                .collect(Collectors.joining()));
        assertThat(names(config(Shell.DASH, "config", "255"))).containsExactly(255);
    }
}
