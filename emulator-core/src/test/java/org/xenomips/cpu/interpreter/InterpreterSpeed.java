package org.xenomips.cpu.interpreter;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import org.xenomips.exec.GuestMachine;

/**
 * Measures guest instructions per second of CPU time on small loops. Not a test: run {@link #main} by hand when the loop or its
 * generator changes, and keep the numbers in the commit message.
 */
final class InterpreterSpeed {
    private static final Map<String, String> PROGRAMS = new TreeMap<>(Map.of("alu", """
            loop:  addiu $t0, $t0, 3
                   xor   $t1, $t1, $t0
                   sll   $t2, $t1, 3
                   addu  $t3, $t3, $t2
                   srl   $t4, $t3, 5
                   subu  $t5, $t4, $t0
                   sltu  $t6, $t5, $t1
                   or    $t7, $t6, $t5
                   bne   $t0, $zero, loop
                   addu  $s0, $s0, $t7
            """, "memory", """
                   lui   $a0, 0x8010
            outer: ori   $a1, $a0, 0
                   addiu $a2, $a0, 0x4000
            loop:  lw    $t0, 0($a1)
                   lw    $t1, 4($a1)
                   addu  $t0, $t0, $t1
                   sw    $t0, 8($a1)
                   lbu   $t2, 3($a1)
                   addiu $a1, $a1, 16
                   sltu  $t3, $a1, $a2
                   bne   $t3, $zero, loop
                   addu  $s0, $s0, $t2
                   b     outer
                   nop
            """, "calls", """
                   lui   $sp, 0x8020
            loop:  addiu $a0, $zero, 15
                   jal   fib
                   nop
                   b     loop
                   addu  $s1, $s1, $v0
            fib:   slti  $t0, $a0, 2
                   beq   $t0, $zero, deep
                   nop
                   jr    $ra
                   or    $v0, $a0, $zero
            deep:  addiu $sp, $sp, -24
                   sd    $ra, 16($sp)
                   sd    $s0, 8($sp)
                   sd    $a0, 0($sp)
                   jal   fib
                   addiu $a0, $a0, -1
                   or    $s0, $v0, $zero
                   ld    $a0, 0($sp)
                   jal   fib
                   addiu $a0, $a0, -2
                   addu  $v0, $v0, $s0
                   ld    $s0, 8($sp)
                   ld    $ra, 16($sp)
                   jr    $ra
                   addiu $sp, $sp, 24
            """, "xkphys", """
                   li    $t0, 0x10000080
                   mtc0  $t0, $12
                   lui   $a0, 0x9800
                   dsll32 $a0, $a0, 0
                   lui   $t0, 0x0010
                   or    $a0, $a0, $t0
            outer: ori   $a1, $a0, 0
                   daddiu $a2, $a0, 0x4000
            loop:  lw    $t0, 0($a1)
                   lw    $t1, 4($a1)
                   addu  $t0, $t0, $t1
                   sw    $t0, 8($a1)
                   lbu   $t2, 3($a1)
                   daddiu $a1, $a1, 16
                   sltu  $t3, $a1, $a2
                   bne   $t3, $zero, loop
                   addu  $s0, $s0, $t2
                   b     outer
                   nop
            """, "device", """
                   lui   $a0, 0xbe00
            loop:  lw    $t0, 16($a0)
                   addu  $t1, $t1, $t0
                   b     loop
                   nop
            """, "cp0", """
            loop:  mfc0  $t0, $12
                   lwl   $t2, 1($sp)
                   addu  $t1, $t1, $t0
                   addiu $t3, $t3, 1
                   b     loop
                   nop
            """));

    private InterpreterSpeed() {}

    /** {@code args[0]}: a program's name or "all"; {@code args[1]}: millions of instructions per round. */
    public static void main(String[] args) {
        long instructions = Long.parseLong(args[1]) * 1_000_000;
        var threads = ManagementFactory.getThreadMXBean();
        for (var program : PROGRAMS.entrySet()) {
            if (!args[0].equals("all") && !args[0].equals(program.getKey())) {
                continue;
            }
            try (var machine = new GuestMachine(new InterpreterEngineFactory())) {
                machine.start(program.getValue());
                for (int round = 0; round < 6; round++) {
                    long start = threads.getCurrentThreadCpuTime();
                    long retired = machine.cpu.retired();
                    machine.run(instructions);
                    long ns = threads.getCurrentThreadCpuTime() - start;
                    System.out.printf("%s: %.1f million instructions per second%n", program.getKey(),
                            1e3 * (machine.cpu.retired() - retired) / ns);
                }
            }
        }
    }
}
