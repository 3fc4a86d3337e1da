# model RM7000
# Base and offset are words, their sum is not: an address error, although the sum of the low words is the address of memory.
        lui   k0, 0x8000
        la    t8, finish
        sw    t8, FINISH(k0)
        li    t8, 8000
        sw    t8, LIMIT(k0)
        li    s0, 4000
        lui   t1, 0x7fff
        ori   t1, t1, 0xf000
        lui   t3, 0x8000
        addiu t4, t3, 0
loop:   lw    v0, 0x3200(t4)
        addu  v1, v1, v0
        sw    s0, 0x3300(t4)
        andi  t2, s0, 63
        addiu t4, t3, 0
        bne   t2, zero, usual
        addiu s0, s0, -1
        addiu t4, t1, 0
usual:  bgtz  s0, loop
        addiu a0, a0, 1
finish: lui   gp, 0xbe00
        sw    zero, STOP(gp)
end:    b     end
        nop
