/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What R4600, R4700, R5000, R527x and RM7000 have in common. What they differ in is found out at run time.
 */
#ifndef __ASM_MACH_C7200_CPU_FEATURE_OVERRIDES_H
#define __ASM_MACH_C7200_CPU_FEATURE_OVERRIDES_H

#define cpu_has_tlb			1
#define cpu_has_4kex			1
#define cpu_has_3k_cache		0
#define cpu_has_4k_cache		1
#define cpu_has_octeon_cache		0
#define cpu_has_32fpr			1
#define cpu_has_counter			1
#define cpu_has_watch			0
#define cpu_has_vce			0
#define cpu_has_cache_cdex_p		0
#define cpu_has_cache_cdex_s		0
#define cpu_has_prefetch		0
#define cpu_has_mcheck			0
#define cpu_has_ejtag			0
#define cpu_has_llsc			1

#define cpu_has_inclusive_pcaches	0
#define cpu_dcache_line_size()		32
#define cpu_icache_line_size()		32
#define cpu_scache_line_size()		0

#define cpu_has_mips16			0
#define cpu_has_mips16e2		0
#define cpu_has_mdmx			0
#define cpu_has_mips3d			0
#define cpu_has_smartmips		0
#define cpu_has_rixi			0
#define cpu_has_mmips			0
#define cpu_has_vtag_icache		0
#define cpu_has_ic_fills_f_dc		0
#define cpu_icache_snoops_remote_store	0
#define cpu_has_dsp			0
#define cpu_has_dsp2			0
#define cpu_has_mipsmt			0
#define cpu_has_vp			0
#define cpu_has_userlocal		0
#define cpu_has_nofpuex			0
#define cpu_has_vint			0
#define cpu_has_veic			0
#define cpu_has_fre			0
#define cpu_has_cdmm			0
#define cpu_has_perf_cntr_intr_bit	0
#define cpu_has_vz			0
#define cpu_has_msa			0
#define cpu_has_ufr			0
#define cpu_has_small_pages		0
#define cpu_has_nan_legacy		1
#define cpu_has_nan_2008		0
#define cpu_has_ebase_wg		0
#define cpu_has_badinstr		0
#define cpu_has_badinstrp		0
#define cpu_has_contextconfig		0
#define cpu_has_perf			0
#define cpu_has_mac2008_only		0
#define cpu_has_mmid			0
#define cpu_has_htw			0
#define cpu_has_ldpte			0
#define cpu_has_segments		0
#define cpu_has_eva			0
#define cpu_has_xpa			0
#define cpu_has_maar			0
#define cpu_has_rw_llb			0
#define cpu_has_tlbinv			0
#define cpu_has_fast_addressing		0

#define cpu_has_mips32r1		0
#define cpu_has_mips32r2		0
#define cpu_has_mips32r5		0
#define cpu_has_mips32r6		0
#define cpu_has_mips64r1		0
#define cpu_has_mips64r2		0
#define cpu_has_mips64r5		0
#define cpu_has_mips64r6		0

#endif /* __ASM_MACH_C7200_CPU_FEATURE_OVERRIDES_H */
