/* The boot ROM: what its parts know of each other. docs/boot-rom.md is the description for users. */
#ifndef ROM_H
#define ROM_H

#include "c7200.h"
#include "text.h"

/* What the exception code stores on the interrupted stack. */
struct frame {
	u64 gpr[32];
	u32 status, unused0;
	u64 lo, hi;
	u64 badvaddr;
	u32 cause, unused1;
	u64 epc;
	u64 error_epc;
};

/* Variables in RAM that survive while an image runs. */
#define VAR_BOOTLDR_POINTER (*(volatile u32 *)0x80002010u)
#define VAR_IOS_POINTER (*(volatile u32 *)0x80002014u)
#define VAR_AREA_POINTER (*(volatile u32 *)0x80002018u)
/* Non-zero while the running image was started from the monitor's prompt. */
#define VAR_FROM_MONITOR (*(volatile u32 *)0x8000201Cu)

/* Lowest RAM address an image from a disk may use: below are vectors, variables and the ROM's stack. */
#define IMAGE_LOWEST 0x4000u

/* vectors.S */
extern const u32 exception_table[];
void call_image(u32 entry);
void on_rom_stack(void (*function)(void)) NORETURN;
void rest_forever(void) NORETURN;
int wait_for_key(void);

/* main.c */
void start_image(u32 entry);
void stop_machine(void) NORETURN;
void reload_machine(void) NORETURN;

/* output.c: rom_print writes to the console as it is, rom_log to the machine's log, say for the monitor (CR LF). */
void rom_print(const char *format, ...);
void rom_log(const char *format, ...);
void say(const char *format, ...);

/* services.c */
void serve(struct frame *frame);

/* exceptions.c */
const char *exception_name(u32 code);
u64 frame_pc(const struct frame *frame);

/* variables.c: ROM monitor variables through the remote-control device. */
int variable_set(const char *assignment, u32 limit);
int variable_get(const char *name, char *value, u32 size);
int variable_unset(const char *name);
int variable_at(u32 index, char *assignment, u32 size);

/* monitor.c */
void enter_monitor(void) NORETURN;


/* line.c */
#define LINE_SIZE 160
void reset_lines(void);
void read_line(char *line, int with_history);
void remember_line(const char *line);
void history_command(int argc, char **argv);

/* alias.c */
void reset_aliases(void);
void expand_alias(char *line);
void alias_command(int argc, char **argv);
void unalias_command(int argc, char **argv);

/* context.c: the state of the image when an exception ended it. */
void keep_context(const struct frame *frame);
void forget_context(void);
int image_has_run(void);
void after_return(void) NORETURN;
void context_command(int argc, char **argv);
void sysret_command(int argc, char **argv);

/* commands.c, confreg.c, storage.c */
void run_command(int argc, char **argv);
void confreg_command(int argc, char **argv);
void dir_command(int argc, char **argv);
void boot_command(int argc, char **argv);
void dev_command(int argc, char **argv);

/* disk.c: ATA disks. unit 0 and 1. A return value of 0 means success. */
#define SECTOR_SIZE 512
int disk_open(u32 unit, u32 *sectors);
int disk_read(u32 unit, u32 lba, u8 *to);

/* fat.c: one volume at a time. Messages are static texts; NULL means success. */
#define NAME_SIZE 128
struct fat_entry {
	char name[NAME_SIZE];
	u32 size;
	u16 cluster;
	u16 date, time;
	u8 directory;
};
const char *fat_open(u32 unit);
const char *fat_list(const char *path, void (*show)(const struct fat_entry *entry));
const char *fat_find(const char *path, struct fat_entry *entry);
/* Reads from the file of the last successful fat_find. */
const char *fat_read(u32 offset, u8 *to, u32 length);

/* elf.c: loads the file of the last successful fat_find. */
const char *elf_load(u32 file_size, u32 *entry);

#endif
