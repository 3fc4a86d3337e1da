# model RM7000
# A hot function writes the TLB entry of its own page: the next instruction comes from the other page.
start:  lui   k0, 0x8000
        la    t8, finish
        sw    t8, FINISH(k0)
        li    t8, 8000
        sw    t8, LIMIT(k0)
        li    t8, 1
        mtc0  t8, $6
        mtc0  zero, $0
        mtc0  zero, $5
        li    s0, 3000
        lui   s1, 0x4800
        mtc0  s1, $10
        li    s2, 0x801f        # physical 0x200000, cached, dirty, valid, global
loop:   mtc0  s2, $2
        mtc0  s2, $3
        andi  t1, s0, 1
        sll   t1, t1, 6         # the next page
        addu  t1, s2, t1
        tlbwi
        mtc0  t1, $2
        mtc0  t1, $3
        jalr  s1
        nop
        addiu s0, s0, -1
        bgtz  s0, loop
        addu  v1, v1, v0
finish: lui   gp, 0xbe00
        sw    zero, STOP(gp)
end:    b     end
        nop
        .space start+0x1f0000-.
        addiu v0, zero, 1
        tlbwi
        addiu v0, v0, 2
        jr    ra
        nop
        .align 12
        addiu v0, zero, 8
        tlbwi
        addiu v0, v0, 16
        jr    ra
        addu  a0, a0, v0
