# model RM7000
# A pointer loaded with LWU is no address of the 32-bit segments, whatever the loop did with it before.
        lui   k0, 0x8000
        la    t8, finish
        sw    t8, FINISH(k0)
        li    t8, 8000
        sw    t8, LIMIT(k0)
        li    s4, 0x80101000
        sw    s4, 0(s4)
        li    s0, 2000
loop:   lw    t0, 0(s4)
        andi  t1, s0, 127
        bne   t1, zero, word
        nop
        lwu   t0, 0(s4)
word:   lw    v0, 8(t0)
        addu  v1, v1, v0
        addiu t2, t0, 16
        sw    v1, 0(t2)
        addiu s0, s0, -1
        bgtz  s0, loop
        sltu  a0, t0, s4
finish: lui   gp, 0xbe00
        sw    zero, STOP(gp)
end:    b     end
        nop
