/**
 * NVRAM: the battery-backed memory with its clock, the file system IOS keeps the configuration in, and reading and writing that from
 * outside.
 */
@NullMarked
package org.xenomips.devices.storage.nvram;

import org.jspecify.annotations.NullMarked;
