package org.xenomips.jit.emit;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.List;
import org.xenomips.jit.region.Region;
import org.xenomips.jit.unit.Exits.Kind;

/**
 * A translated region: a class file and what must be made for it.
 *
 * @param bytes the class file
 * @param bytecodes length of the code of {@code run} in bytes
 * @param links entries that are called, in the order of the fields
 * @param callSites how many calls through registers there are
 * @param kinds of the exits, by number
 * @param targets of the exits
 * @param unexecuted instructions of the exits
 * @param accesses loads and stores of the exits
 * @param locals what the local variables of {@code run} are, by number
 */
public record UnitCode(Region region, byte[] bytes, int bytecodes, List<Long> links, int callSites, Kind[] kinds,
        long[] targets, int[] unexecuted, int[] accesses, List<String> locals) {
    static int lengthOfRun(byte[] bytes) {
        return ClassFile.of()
                .parse(bytes)
                .methods()
                .stream()
                .filter(method -> method.methodName().equalsString("run"))
                .mapToInt(method -> method.findAttribute(Attributes.code()).orElseThrow().codeLength())
                .sum();
    }
}
