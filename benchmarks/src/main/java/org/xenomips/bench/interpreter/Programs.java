package org.xenomips.bench.interpreter;

import org.xenomips.bench.BenchMachine;

/** Endless guest programs; each leaves in $s7 something that proves that it computed. */
final class Programs {
    /** Xorshift and a rotating checksum: arithmetic only. */
    private static final String INTEGER = """
            li $t0, 0x12345678
            li $s7, 0
            loop:
            sll $t1, $t0, 13
            xor $t0, $t0, $t1
            srl $t1, $t0, 17
            xor $t0, $t0, $t1
            sll $t1, $t0, 5
            xor $t0, $t0, $t1
            addu $s7, $s7, $t0
            sltu $t2, $s7, $t0
            addu $s7, $s7, $t2
            bne $t0, $zero, loop
            nop
            """;
    /** Copies and sums 64 KB over and over. */
    private static final String MEMORY = """
            lui $s0, 0x8010
            lui $s1, 0x8020
            li $s7, 0
            again:
            addiu $t0, $s0, 0
            addiu $t1, $s1, 0
            lui $t3, 1
            addu $t2, $s0, $t3
            copy:
            lw $t4, 0($t0)
            lw $t5, 4($t0)
            addiu $t6, $t4, 1
            sw $t6, 0($t0)
            sw $t5, 0($t1)
            sw $t4, 4($t1)
            addu $s7, $s7, $t6
            addiu $t0, $t0, 8
            bne $t0, $t2, copy
            addiu $t1, $t1, 8
            beq $zero, $zero, again
            nop
            """;
    /** Recursive Fibonacci numbers: calls, returns, stack. */
    private static final String CALLS = """
            lui $sp, 0x8030
            li $s7, 0
            main:
            jal fib
            addiu $a0, $zero, 12
            beq $zero, $zero, main
            addu $s7, $s7, $v0
            fib:
            slti $t0, $a0, 2
            bne $t0, $zero, leaf
            addu $v0, $a0, $zero
            addiu $sp, $sp, -24
            sd $ra, 0($sp)
            sd $s0, 8($sp)
            addu $s0, $a0, $zero
            jal fib
            addiu $a0, $s0, -1
            sd $v0, 16($sp)
            jal fib
            addiu $a0, $s0, -2
            ld $t1, 16($sp)
            addu $v0, $v0, $t1
            ld $ra, 0($sp)
            ld $s0, 8($sp)
            addiu $sp, $sp, 24
            leaf:
            jr $ra
            nop
            """;
    /** Sieve of Eratosthenes over 8192 bytes: byte accesses and short loops. */
    private static final String SIEVE = """
            lui $s0, 0x8010
            addiu $s1, $zero, 8192
            again:
            addiu $t0, $zero, 0
            clear:
            addu $t1, $s0, $t0
            sb $zero, 0($t1)
            addiu $t0, $t0, 1
            bne $t0, $s1, clear
            nop
            addiu $t0, $zero, 2
            addiu $s7, $zero, 0
            outer:
            addu $t1, $s0, $t0
            lbu $t2, 0($t1)
            bne $t2, $zero, next
            addu $t3, $t0, $t0
            addiu $s7, $s7, 1
            inner:
            slt $t4, $t3, $s1
            beq $t4, $zero, next
            addu $t5, $s0, $t3
            addiu $t6, $zero, 1
            sb $t6, 0($t5)
            beq $zero, $zero, inner
            addu $t3, $t3, $t0
            next:
            addiu $t0, $t0, 1
            bne $t0, $s1, outer
            nop
            beq $zero, $zero, again
            nop
            """;
    private static final int S7 = 23;

    private Programs() {}

    static String source(String name) {
        return switch (name) {
            case "integer" -> INTEGER;
            case "memory" -> MEMORY;
            case "calls" -> CALLS;
            case "sieve" -> SIEVE;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Fails if the program has computed nothing or something wrong so far. */
    static void check(String name, BenchMachine machine) {
        long result = machine.gpr(S7);
        boolean right = switch (name) {
            case "calls" -> result > 0 && result % 144 == 0;
            case "sieve" -> result > 0 && result <= 1028;
            default -> result != 0;
        };
        if (!right) {
            throw new IllegalStateException(name + " computed " + result);
        }
    }
}
