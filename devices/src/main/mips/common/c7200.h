/* The Cisco 7200 as software sees it: physical addresses, registers, CP0 access.
 * Everything here is used through kseg1 (uncached, unmapped). */
#ifndef C7200_H
#define C7200_H

#include "types.h"

/* kseg1 and kseg0 views of a physical address below 512 MB, and back. */
#define KSEG1(physical) ((u32)(physical) | 0xA0000000u)
#define KSEG0(physical) ((u32)(physical) | 0x80000000u)
#define PHYSICAL(address) ((u32)(address) & 0x1FFFFFFFu)

#define REG8(address) (*(volatile u8 *)(u32)(address))
#define REG16(address) (*(volatile u16 *)(u32)(address))
#define REG32(address) (*(volatile u32 *)(u32)(address))

#define GT64K 0xB4000000u
#define REMOTE 0xB6000000u
#define BOOTFLASH 0xBA000000u
#define NVRAM 0xBE000000u
#define MPFPGA 0xBE800000u
#define IOFPGA 0xBE840000u

/* Remote-control device. */
#define REMOTE_ID REG32(REMOTE + 0x00)
#define REMOTE_RAM_MB REG32(REMOTE + 0x14)
#define REMOTE_ROM_MB REG32(REMOTE + 0x18)
#define REMOTE_NVRAM_KB REG32(REMOTE + 0x1C)
#define REMOTE_IOMEM_MB REG32(REMOTE + 0x20)
#define REMOTE_CONFREG REG32(REMOTE + 0x24)
#define REMOTE_ENTRY REG32(REMOTE + 0x28)
#define REMOTE_PLATFORM REG32(REMOTE + 0x2C)
#define REMOTE_STOP REG32(REMOTE + 0x34)
#define REMOTE_LOG REG32(REMOTE + 0x3C)
#define REMOTE_CONSOLE REG32(REMOTE + 0x40)
#define REMOTE_NVRAM_ADDRESS REG32(REMOTE + 0x44)
#define REMOTE_IOMEM_WORD REG32(REMOTE + 0x48)
#define REMOTE_COOKIE_INDEX REG32(REMOTE + 0x4C)
#define REMOTE_COOKIE REG32(REMOTE + 0x50)
#define REMOTE_VAR_DATA REG32(REMOTE + 0x54)
#define REMOTE_VAR_COMMAND REG32(REMOTE + 0x58)
#define REMOTE_RELOAD REG32(REMOTE + 0x5C)
#define REMOTE_CONFREG_RW REG32(REMOTE + 0x60)

#define REMOTE_ID_VALUE 0x1E94B3DFu
#define VAR_BUFFER_SIZE 512
#define VAR_SET 1
#define VAR_GET 2
#define VAR_REWIND 3
#define VAR_UNSET 4
#define VAR_LIST 5

/* Console half of the DUART. */
#define DUART_SRA REG32(IOFPGA + 0x40C)
#define DUART_RHRA REG32(IOFPGA + 0x41C)
#define DUART_THRA REG32(IOFPGA + 0x41C)
#define DUART_ISR REG32(IOFPGA + 0x42C)
#define DUART_IMR REG32(IOFPGA + 0x42C)
#define SR_RXRDY 0x01u
#define SR_TXRDY 0x04u

/* Status and Cause fields. */
#define STATUS_IE 0x00000001u
#define STATUS_EXL 0x00000002u
#define STATUS_ERL 0x00000004u
#define STATUS_IM0 0x00000100u
#define STATUS_IM2 0x00000400u
#define STATUS_IM5 0x00002000u
#define STATUS_IM7 0x00008000u
#define STATUS_BEV 0x00400000u
#define CAUSE_BD 0x80000000u
#define CAUSE_IP5 0x00002000u
#define CAUSE_IP7 0x00008000u
#define CAUSE_CODE(cause) ((cause) >> 2 & 31)

/* CP0 moves; the padding covers the longest hazard of the processors concerned. */
#define CP0_INDEX 0
#define CP0_ENTRYLO0 2
#define CP0_ENTRYLO1 3
#define CP0_PAGEMASK 5
#define CP0_COUNT 9
#define CP0_ENTRYHI 10
#define CP0_COMPARE 11
#define CP0_STATUS 12
#define CP0_CAUSE 13
#define CP0_PRID 15
#define CP0_STRING_(n) #n
#define CP0_STRING(n) CP0_STRING_(n)

#define MFC0(reg) \
	({ u32 v_; __asm__ volatile("mfc0 %0,$" CP0_STRING(reg) : "=r"(v_) : : "memory"); v_; })
#define DMFC0(reg) \
	({ u64 v_; __asm__ volatile("dmfc0 %0,$" CP0_STRING(reg) : "=r"(v_) : : "memory"); v_; })
#define MTC0(reg, value) \
	__asm__ volatile("mtc0 %0,$" CP0_STRING(reg) "\n\tnop\n\tnop\n\tnop\n\tnop" \
		: : "r"((s64)(s32)(value)) : "memory")
#define DMTC0(reg, value) \
	__asm__ volatile("dmtc0 %0,$" CP0_STRING(reg) "\n\tnop\n\tnop\n\tnop\n\tnop" \
		: : "r"((u64)(value)) : "memory")

#endif
