/* The monitor's command table and its short commands. */
#include "rom.h"

#define MAIN_MEMORY_USED 0x4000u

static void help_command(int argc, char **argv);

static void set_command(int argc, char **argv)
{
	char text[VAR_BUFFER_SIZE];

	if (argc > 1) {
		if (argc > 2 || variable_set(argv[1], VAR_BUFFER_SIZE - 1))
			say("usage: set [NAME=VALUE]\n");
		return;
	}
	for (u32 i = 0; variable_at(i, text, sizeof text) == 0; i++)
		say("%s\n", text);
}

static void unset_command(int argc, char **argv)
{
	if (argc != 2)
		say("usage: unset NAME\n");
	else if (variable_unset(argv[1]))
		say("unset: \"%s\" is not set\n", argv[1]);
}

static void sync_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	say("Monitor variables and configuration register are stored.\n");
}

static void meminfo_command(int argc, char **argv)
{
	u32 ram = REMOTE_RAM_MB;

	(void)argc;
	(void)argv;
	say("\nMain memory size: %u MB.\n", ram);
	say("Available main memory starts at 0x%x, size %uKB\n", KSEG1(MAIN_MEMORY_USED),
		(ram << 10) - (MAIN_MEMORY_USED >> 10));
	say("IO (packet) memory size: %u MB.\n", REMOTE_IOMEM_MB);
	say("NVRAM size: 0x%x\n", REMOTE_NVRAM_KB << 10);
}

static void reset_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	say("\nSystem reset\n");
	reload_machine();
}

static void cookie_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	say("cookie:\n");
	for (u32 i = 0; i < 64; i++) {
		REMOTE_COOKIE_INDEX = i;
		say("%04x%s", REMOTE_COOKIE & 0xFFFF, i % 8 == 7 ? "\n" : " ");
	}
}

static const struct {
	const char *name;
	void (*run)(int argc, char **argv);
	const char *about;
} commands[] = {
	{"alias", alias_command, "set and display aliases"},
	{"boot", boot_command, "boot the loaded image, or one from a disk"},
	{"confreg", confreg_command, "configuration register utility"},
	{"context", context_command, "registers at the last exception"},
	{"cookie", cookie_command, "display the cookie"},
	{"dev", dev_command, "list the devices"},
	{"dir", dir_command, "list the files of a device"},
	{"help", help_command, "this list"},
	{"history", history_command, "the last lines typed"},
	{"meminfo", meminfo_command, "main memory information"},
	{"reset", reset_command, "system reset"},
	{"set", set_command, "display or set monitor variables"},
	{"sync", sync_command, "write monitor variables to storage"},
	{"sysret", sysret_command, "why the last image ended"},
	{"unalias", unalias_command, "remove an alias"},
	{"unset", unset_command, "remove a monitor variable"},
};

static void help_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	for (u32 i = 0; i < COUNT_OF(commands); i++)
		say("%-20s%s\n", commands[i].name, commands[i].about);
	say("%-20s%s\n", "NAME=VALUE", "set a monitor variable");
}

static int contains(const char *word, char c)
{
	while (*word && *word != c)
		word++;
	return *word == c;
}

void run_command(int argc, char **argv)
{
	if (strcmp(argv[0], "?") == 0) {
		help_command(argc, argv);
		return;
	}
	for (u32 i = 0; i < COUNT_OF(commands); i++)
		if (strcmp(argv[0], commands[i].name) == 0) {
			commands[i].run(argc, argv);
			return;
		}
	if (argc == 1 && argv[0][0] != '=' && contains(argv[0], '='))
		variable_set(argv[0], VAR_BUFFER_SIZE - 1);
	else
		say("monitor: command \"%s\" not found\n", argv[0]);
}
