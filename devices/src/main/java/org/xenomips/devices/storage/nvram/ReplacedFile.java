package org.xenomips.devices.storage.nvram;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xenomips.devices.storage.ImageBlock;
import org.xenomips.devices.storage.ImageFile;
import org.xenomips.devices.storage.StorageFiles;

/**
 * A small file that is saved by renaming a complete successor over it. Killed before the renaming the file is the old
 * one and a leftover {@code .tmp} is deleted at the next opening; killed after it the file is the new one.
 *
 * <p>Access rights of an existing file are kept; a configuration may hold passwords.
 */
final class ReplacedFile implements ImageFile {
    private final Path file;
    private final Path temporary;
    private final @Nullable Set<PosixFilePermission> permissions;

    /** {@code file} must exist and not be a symbolic link. */
    ReplacedFile(Path file) throws IOException {
        this.file = file;
        this.temporary = StorageFiles.temporary(file);
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        this.permissions = view == null ? null : view.readAttributes().permissions();
    }

    /** Saves an image that consists of one block. */
    @Override
    public void save(List<ImageBlock> blocks) throws IOException {
        if (blocks.size() != 1 || blocks.getFirst().offset() != 0) {
            throw new IllegalStateException("only whole images can be saved to " + file);
        }
        save(blocks.getFirst().bytes());
    }

    /** Makes {@code image} the file's content. */
    void save(byte[] image) throws IOException {
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            if (permissions != null && !permissions.equals(Files.getPosixFilePermissions(temporary))) {
                Files.setPosixFilePermissions(temporary, permissions);
            }
            out.write(image);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            // After the renaming: a killed process needs no forcing, and must not find the old image for its duration.
            out.getFD().sync();
        } catch (IOException e) {
            discardTemporary(e);
            throw e;
        }
    }

    private void discardTemporary(IOException reason) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() {}
}
