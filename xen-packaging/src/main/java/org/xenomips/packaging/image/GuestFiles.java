package org.xenomips.packaging.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is the same in both flavours of the guest: scripts, settings, mount points. */
final class GuestFiles {
    private GuestFiles() {}

    /** {@code guest} is the directory of the guest's files, {@code loginKeys} a file of public keys that may log in over ssh. */
    static void common(FileTree tree, Path guest, @Nullable Path loginKeys) throws IOException {
        Path common = guest.resolve("common");
        for (String name : List.of("xenomips-init", "xenomips-links", "xenomips-ssh")) {
            tree.copy(common.resolve(name), "usr/sbin/" + name);
        }
        tree.copy(common.resolve("xenomips.sh"), "usr/bin/xenomips.sh");
        tree.copy(common.resolve("defaults"), "etc/default/xenomips");
        tree.copy(common.resolve("fstab"), "etc/fstab");
        tree.file("etc/hostname", "xenomips\n");
        tree.directories("data/Cisco_IOS", "xenomips", "var/lib/xenomips", "root", "etc/xenomips");
        tree.mode("root", "rwx------");
        tree.link("root/.ssh", "/run/xenomips/root-ssh");
        tree.link("etc/resolv.conf", "/run/resolv.conf");
        if (loginKeys == null) {
            tree.file("etc/xenomips/authorized_keys", "");
        } else {
            tree.copy(loginKeys, "etc/xenomips/authorized_keys");
        }
    }
}
