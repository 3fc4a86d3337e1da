#include "router.h"

#include <stdio.h>
#include <string.h>

static const struct command {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *meaning;
} commands[] = {
	{"show", show_command, "what the router does: show help lists what can be shown"},
	{"configure", configure_command, "enter configuration lines, applied at \"end\""},
	{"write", write_command, "keep the running configuration in NVRAM"},
	{"copy", copy_command, "copy running-config startup-config, or back"},
	{"erase", erase_command, "erase startup-config: the next start has the default configuration"},
	{"reload", reload_command, "start the router again (reboot); poweroff switches it off"},
	{"nvram", nvram_command, "the startup configuration for scripts: read, write, erase, check"},
	{"help", help_command, "this list"},
	{"start", start_command, NULL},
	{"translate", translate_command, NULL},
};

int help_command(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (commands[i].meaning)
			printf("  %-10s %s\n", commands[i].name, commands[i].meaning);
	puts("  birdc      the routing daemon\n"
		"  ip, ping, ping6, traceroute, telnet, tcpdump, nc, tftp, wget, vi, less, top, dmesg ... as on Linux\n"
		"This is a Unix shell: busybox --list names all its commands.");
	return 0;
}

int main(int argc, char **argv)
{
	const char *name = strrchr(argv[0], '/');

	name = name ? name + 1 : argv[0];
	if (strcmp(name, "router") == 0 && argc > 1) {
		argc--;
		argv++;
		name = argv[0];
	}
	for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
		if (strcmp(commands[i].name, name) == 0)
			return commands[i].run(argc, argv);
	fprintf(stderr, "%s is no command of the router\n", name);
	return 2;
}
