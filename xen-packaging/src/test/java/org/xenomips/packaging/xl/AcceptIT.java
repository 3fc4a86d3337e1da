package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.net.Namespaces;
import org.xenomips.packaging.xl.XenHost.Result;

/**
 * The script that tries routers on a real Xen host, on a host that only plays one (see the test resource {@code playground}): it finds
 * what is wrong, and nothing else. Needs root, iproute2, ethtool, busybox and bash.
 */
class AcceptIT {
    /** Two instances that share a wire. */
    private static final String CONFIGURATION = """
            kernel  = DIR/vmlinuz
            ramdisk = DIR/initrd.img
            root    = DIR/root.img
            ios     = none
            work    = DIR/xenomips%N.img
            save    = DIR/saved
            image   = builtin:router
            [0]
            bridges = service0 xenbr0 xenbr1
            [1]
            bridges = service0 xenbr1
            """;

    @TempDir
    Path directory;

    private XenHost host;
    private Namespaces namespaces;

    @BeforeEach
    void aHost() throws IOException {
        namespaces = Namespaces.orSkip();
        for (String program : List.of("ethtool", "bash", "busybox")) {
            assumeTrue(Shell.isThere(program), program + " is not installed");
        }
        host = new XenHost(directory);
        host.inNamespace(namespaces.add());
        host.configuration(CONFIGURATION);
        host.files("vmlinuz", "initrd.img", "root.img", "xenomips0.img", "xenomips1.img");
        host.program("xenomips-xl", "#!/bin/sh\nexec sh '" + XenHost.tool("xenomips-xl") + "' \"$@\"\n");
        try (InputStream playground = AcceptIT.class.getResourceAsStream("playground")) {
            String text = new String(Objects.requireNonNull(playground).readAllBytes(), StandardCharsets.UTF_8);
            host.program("xl", text);
            host.program("xenstore-read", text);
        }
        host.program("xenstore-ls", "#!/bin/sh\n");
        host.program("blockdev", "#!/bin/sh\necho 1\n");
    }

    @AfterEach
    void noNamespaceIsLeft() throws IOException {
        if (namespaces != null) {
            namespaces.close();
        }
    }

    private Result accept() throws Exception {
        return host.run(Shell.DASH, List.of(XenHost.top().resolve("xen-packaging/src/test/xen/accept").toString(), "-p",
                "20", "-c", directory.resolve("xenomips.conf").toString(), "0", "1"));
    }

    @Test
    void everyStepIsTriedAndNothingIsLeft() throws Exception {
        Result result = accept();
        assertThat(result.status()).as(result.output() + result.errors()).isZero();
        assertThat(result.output()).contains("connected by xenbr1", "disks of 1", "router 1 is ready", "TCP between",
                "OSPF afterwards", "save and restore", "domain 3 became 4", "nothing is left", "0 failures");
        assertThat(result.output().lines().filter(line -> line.endsWith(" s"))).isEmpty();
        assertThat(host.domains()).isEmpty();
    }

    @Test
    void faultsOfAHostAreNamed() throws Exception {
        host.files("xl-state/no-hook", "xl-state/catch-up");
        Result result = accept();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output().lines().filter(line -> line.startsWith("FAIL")).toList()).satisfiesExactly(
                line -> assertThat(line).contains("interfaces of 0", "vif1.1 does not finish checksums"),
                line -> assertThat(line).contains("interfaces of 1", "vif2.1 does not finish checksums"),
                line -> assertThat(line).contains("save and restore", "s of the router's time in"),
                line -> assertThat(line).contains("interfaces afterwards"));
        assertThat(host.domains()).isEmpty();
    }

    @Test
    void runningInstancesAreLeftAlone() throws Exception {
        host.foreignDomain("xenomips1", 7);
        Result result = accept();
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.output()).contains("xenomips1 is running already", "the rest is not tried");
        assertThat(host.domains()).containsExactly("xenomips1");
    }
}
