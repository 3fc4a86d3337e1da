/**
 * Contents that outlive the process: how changes of NVRAM, boot flash and PCMCIA disks reach the files behind them.
 *
 * <h2>What a killed process leaves</h2>
 *
 * The page cache of the host survives {@code kill -9}, so what matters is which system calls have completed. At every
 * moment each file holds the old or the new content:
 *
 * <ul>
 * <li><b>New files</b> are made under a temporary name ({@code .tmp}) with their full size and initial content and then
 * renamed; a file that exists is complete. Files are lengthened by one system call and never cut where they have
 * content.
 * <li><b>Disks</b> ({@link org.xenomips.devices.storage.pcmcia.AtaDisk}): a sector is written by one 512-byte write at a
 * sector boundary when its data phase completes. Such a write lies within one page of the page cache, inside which the
 * host does not interrupt it. A sector whose write the guest has seen complete is saved.
 * <li><b>NVRAM</b> ({@link org.xenomips.devices.storage.nvram.Nvram}): stores change memory at once and a burst of stores is
 * one transaction. A writer thread takes a copy when the burst has ended, writes it to the temporary name and renames
 * it over the file: the name always leads to a complete image. A burst has ended when a store makes the checksum of the
 * file system in the image right (at most once in 250 ms), after 4 ms without a store if the checksum is right, after
 * 20 ms if there is no file system, and after 500 ms if the checksum is wrong: then the guest is in the middle of
 * rewriting it.
 * <li><b>Boot flash</b> ({@link org.xenomips.devices.storage.flash.Bootflash}): the dirty blocks of a burst go to a redo
 * journal ({@code .journal}) which ends with a checksum, are then written in place, and the journal is deleted. A
 * complete journal found when the file is opened is applied (again: that is harmless), an incomplete one is dropped, as
 * the file has not been touched. A journal without its file belonged to a file that was deleted and is dropped as well.
 * </ul>
 *
 * <p>Each copy is taken between two guest stores, so it is a content the chip really had; for flash each such content
 * is a proper one (a real chip could have lost power there), so its bursts end after 4 ms. Under uninterrupted writing
 * a copy is taken at least every 250 ms (2 s while the NVRAM's checksum is wrong). {@code flush} and {@code close} save
 * synchronously.
 *
 * <p>If the host cannot write (disk full, file system read-only) the machine goes on from memory, the user is warned
 * once, and saving is tried again: each second for NVRAM and flash, with each further write for disks. For a crash of
 * the host itself the files are forced to the medium after NVRAM and flash transactions, and by {@code flush} for
 * disks.
 *
 * <p>Threads: devices belong to the machine thread; {@code ImageKeeper} has the only other thread. Not here: who may
 * open a file (the command line's lock), and at which addresses the devices are.
 */
@NullMarked
package org.xenomips.devices.storage;

import org.jspecify.annotations.NullMarked;
