# model RM7000
# Hot code calls a function that jumps to an odd address while the delay slot changes translated code.
start:  lui   gp, 0xbe00
        lui   k0, 0x8000
        la    t8, finish
        sw    t8, FINISH(k0)
        li    t8, 100000
        sw    t8, LIMIT(k0)
        lui   s5, 0x8010
        la    s1, g
        la    s2, h
        lw    s3, 0(s2)
        li    s0, 20000
loop:   jal   h
        addiu a0, a0, 1
        jal   f
        addiu s0, s0, -1
        bgtz  s0, loop
        addiu a0, a0, 1
finish: sw    zero, STOP(gp)
end:    b     end
        nop
        .align 5
g:      jr    ra
        addiu a2, a2, 1
        .align 5
h:      addiu a1, a1, 1
        jr    ra
        nop
        .align 5
f:      or    s7, ra, zero
        andi  t0, s0, 511
        or    t9, s1, zero
        bne   t0, zero, plain
        or    t6, s5, zero
        addiu t9, s1, 2
        or    t6, s2, zero
plain:  jalr  t9
        sw    s3, 0(t6)
        or    ra, s7, zero
        jr    ra
        addiu a3, a3, 1
