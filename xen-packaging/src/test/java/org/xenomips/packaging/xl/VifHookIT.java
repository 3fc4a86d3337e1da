package org.xenomips.packaging.xl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xenomips.net.Namespaces;
import org.xenomips.packaging.xl.XenHost.Result;

/** The network hook, read as Xen's scripts read it, works on real interfaces. Needs root, iproute2 and ethtool. */
class VifHookIT {
    @TempDir
    Path directory;

    /** Reads the hook as vif-bridge does (an error anywhere ends it); whether checksums are then finished for {@code device}. */
    private String hook(XenHost host, String namespace, Shell shell, String command, String device) throws Exception {
        Result result = host.run(shell, List.of("-e", "-c",
                "command=%s dev=%s; . '%s'; echo read".formatted(command, device, XenHost.tool("xenomips.hook"))));
        assertThat(result.output()).as(result.errors()).isEqualTo("read\n");
        return Namespaces.exec(namespace, "ethtool", "-k", device)
                .lines()
                .filter(line -> line.startsWith("tx-checksumming"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void checksumsAreFinishedOnTheWayToRoutersOnly() throws Exception {
        assumeTrue(Shell.isThere("ethtool"), "ethtool is not installed");
        try (Namespaces namespaces = Namespaces.orSkip()) {
            String namespace = namespaces.add();
            XenHost host = new XenHost(directory);
            host.inNamespace(namespace);
            host.program("xenstore-read", """
                    #!/bin/sh
                    case $1 in
                    /local/domain/5/name) echo xenomips0 ;;
                    /local/domain/6/name) echo xenomips12--incoming ;;
                    /local/domain/7/name) echo xenomips-other ;;
                    *) exit 1 ;;
                    esac
                    """);
            for (String device : List.of("vif5.0", "vif5.1", "vif6.2", "vif7.1", "vif8.1")) {
                Namespaces.ip(namespace, "link add " + device + " type veth peer name p" + device);
            }
            for (Shell shell : Shell.values()) {
                Namespaces.exec(namespace, "ethtool", "-K", "vif5.1", "tx", "on");
                assertThat(hook(host, namespace, shell, "offline", "vif5.1")).endsWith(": on");
                assertThat(hook(host, namespace, shell, "online", "vif5.1")).endsWith(": off");
                assertThat(hook(host, namespace, shell, "online", "vif5.0")).endsWith(": on");
                assertThat(hook(host, namespace, shell, "add", "vif6.2")).endsWith(": off");
                assertThat(hook(host, namespace, shell, "online", "vif7.1")).endsWith(": on");
                assertThat(hook(host, namespace, shell, "online", "vif8.1")).endsWith(": on");
            }
        }
    }
}
