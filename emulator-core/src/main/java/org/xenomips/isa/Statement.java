package org.xenomips.isa;

import java.util.List;

/**
 * One instruction or directive of assembler text.
 *
 * @param line      number of the line, from 1
 * @param address   virtual address of its first byte
 * @param name      mnemonic or directive, lower case
 * @param arguments what stands between the commas
 */
record Statement(int line, long address, String name, List<String> arguments) {
    /** The same line's {@code name} with other arguments, {@code offset} bytes further. */
    Statement with(int offset, String newName, String... newArguments) {
        return new Statement(line, address + offset, newName, List.of(newArguments));
    }

    AssemblyException error(String message) {
        return new AssemblyException(line, message);
    }
}
