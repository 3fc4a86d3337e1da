package org.xenomips.cli.router;

import picocli.CommandLine;

/** What the program calls itself. */
public final class Version implements CommandLine.IVersionProvider {
    /** The version of the compatible program whose options and files are understood; clients parse it. */
    static final String COMPATIBLE = "0.2.24";

    @Override
    public String[] getVersion() {
        return new String[]{ "xenomips " + own(), "Compatible with dynamips " + COMPATIBLE,
                "Java " + Runtime.version() + " on " + System.getProperty("os.arch"),
                "Licence GPL-3.0-or-later; there is NO WARRANTY." };
    }

    static String own() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }

    /**
     * The first lines of standard output. Clients match {@code Cisco Router Simulation Platform (version X.Y.Z} in the first one
     * and compare the digits.
     */
    public static String banner() {
        return """
                Cisco Router Simulation Platform (version %s-xenomips %s)
                Xenomips: a Cisco 7200 in Java. Free software under GPL-3.0-or-later, without warranty.
                """.formatted(COMPATIBLE, own());
    }
}
