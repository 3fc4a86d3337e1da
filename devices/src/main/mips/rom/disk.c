/* ATA flash disks in the two PCMCIA sockets. Their windows lie above 512 MB, so a TLB entry is borrowed for each
 * access and given back afterwards. */
#include "rom.h"

#define WINDOW_VA 0xFFC00000u		/* 2 MB in kseg3: two pages of 1 MB */
#define WINDOW_PHYSICAL(unit) ((unit) ? 0x44000000u : 0x40000000u)
#define PAGE_MASK_1MB 0x001FE000u
#define TLB_LAST 47u
#define ENTRYLO(physical) ((physical) >> 6 | 2u << 3 | 7u)	/* uncached, dirty, valid, global */

#define CIS_FIRST REG16(WINDOW_VA + 2)
#define SECTOR_AND_COUNT REG16(WINDOW_VA + 0x100000)
#define CYLINDER REG16(WINDOW_VA + 0x100006)
#define COMMAND_AND_HEAD REG16(WINDOW_VA + 0x100004)
#define DATA_PORT REG16(WINDOW_VA + 0x100400)

#define CIS_DEVICE 0x01
#define IDENTIFY 0xECu
#define READ_SECTORS 0x20u
#define STATUS_DRQ 0x0800u
#define HEAD_LBA 0xE0u
#define CF_SIGNATURE 0x848Au

static struct {
	u64 hi, lo0, lo1;
	u32 mask, index;
} borrowed;

static void tlb_write(u32 index, u32 mask, u64 hi, u64 lo0, u64 lo1)
{
	MTC0(CP0_INDEX, index);
	MTC0(CP0_PAGEMASK, mask);
	DMTC0(CP0_ENTRYLO0, lo0);
	DMTC0(CP0_ENTRYLO1, lo1);
	DMTC0(CP0_ENTRYHI, hi);
	__asm__ volatile("tlbwi\n\tnop\n\tnop\n\tnop\n\tnop" : : : "memory");
}

/* Maps the window of a unit over the entry that already answers for the address, or over the last one. */
static void borrow_tlb(u32 unit)
{
	u64 window = (u64)(s64)(s32)WINDOW_VA;
	u64 hi = DMFC0(CP0_ENTRYHI);
	u32 index;

	DMTC0(CP0_ENTRYHI, window);
	__asm__ volatile("tlbp\n\tnop\n\tnop\n\tnop\n\tnop" : : : "memory");
	index = MFC0(CP0_INDEX);
	borrowed.index = index & 0x80000000u ? TLB_LAST : index & 63;
	MTC0(CP0_INDEX, borrowed.index);
	__asm__ volatile("tlbr\n\tnop\n\tnop\n\tnop\n\tnop" : : : "memory");
	borrowed.hi = DMFC0(CP0_ENTRYHI);
	borrowed.lo0 = DMFC0(CP0_ENTRYLO0);
	borrowed.lo1 = DMFC0(CP0_ENTRYLO1);
	borrowed.mask = MFC0(CP0_PAGEMASK);
	tlb_write(borrowed.index, PAGE_MASK_1MB, window, ENTRYLO(WINDOW_PHYSICAL(unit)),
		ENTRYLO(WINDOW_PHYSICAL(unit) + 0x100000));
	DMTC0(CP0_ENTRYHI, hi);
}

static void return_tlb(void)
{
	u64 hi = DMFC0(CP0_ENTRYHI);

	tlb_write(borrowed.index, borrowed.mask, borrowed.hi, borrowed.lo0, borrowed.lo1);
	DMTC0(CP0_ENTRYHI, hi);
}

/* Moves one sector from the data port; the low byte of each half-word comes first. */
static int transfer(u8 *to)
{
	if ((COMMAND_AND_HEAD & STATUS_DRQ) == 0)
		return -1;
	for (u32 i = 0; i < SECTOR_SIZE; i += 2) {
		u32 v = DATA_PORT;

		to[i] = (u8)v;
		to[i + 1] = (u8)(v >> 8);
	}
	return 0;
}

static u32 word_at(const u8 *identity, u32 n)
{
	return identity[2 * n] | (u32)identity[2 * n + 1] << 8;
}

int disk_open(u32 unit, u32 *sectors)
{
	u8 identity[SECTOR_SIZE];
	int result = -1;

	borrow_tlb(unit);
	if ((CIS_FIRST & 0xFF) == CIS_DEVICE) {
		COMMAND_AND_HEAD = IDENTIFY << 8 | HEAD_LBA;
		result = transfer(identity);
	}
	return_tlb();
	if (result || word_at(identity, 0) != CF_SIGNATURE)
		return -1;
	*sectors = word_at(identity, 7) << 16 | word_at(identity, 8);
	return 0;
}

int disk_read(u32 unit, u32 lba, u8 *to)
{
	int result;

	borrow_tlb(unit);
	SECTOR_AND_COUNT = (u16)((lba & 0xFF) << 8 | 1);
	CYLINDER = (u16)(lba >> 8);
	COMMAND_AND_HEAD = (u16)(READ_SECTORS << 8 | HEAD_LBA | (lba >> 24 & 15));
	result = transfer(to);
	return_tlb();
	return result;
}
