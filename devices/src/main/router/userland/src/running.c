/* The configuration in effect: kept as text, applied as the difference to what is wanted. */
#include "router.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct config *new_config(void)
{
	struct config *config = malloc(sizeof *config);

	if (config == NULL) {
		fputs("out of memory\n", stderr);
		exit(1);
	}
	init_config(config);
	return config;
}

void add_ports(struct config *config)
{
	struct port ports[PORTS];
	unsigned count = list_ports(ports);

	for (unsigned i = 0; i < count; i++) {
		char *name = ports[i].device;
		struct interface named;

		if (parse_interface_name(1, &name, &named))
			need_interface(config, &named);
	}
}

void default_config(struct config *config)
{
	struct port ports[PORTS];
	unsigned count = list_ports(ports);

	add_ports(config);
	for (unsigned i = 0; i < count; i++)
		for (unsigned j = 0; j < config->interface_count; j++)
			if (strcmp(config->interfaces[j].device, ports[i].device) == 0) {
				config->interfaces[j].addresses[0] =
					(struct address){.address = 10u << 24 | i << 8 | 1, .mask = 0xffffff00};
				config->interfaces[j].address_count = 1;
			}
}

struct config *running_config(void)
{
	struct config *config = new_config();
	struct text text = {0};
	struct text ignored = {0};

	if (read_whole(RUNNING_CONFIG, &text, CONFIG_LIMIT))
		parse_config(config, text_of(&text), &ignored);
	free_text(&text);
	free_text(&ignored);
	add_ports(config);
	return config;
}

int shell(const char *command)
{
	int status;

	fflush(stdout);
	status = system(command);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

static bool keep_file(const char *path, struct text *text)
{
	bool good = replace_file(path, text);

	if (!good)
		fprintf(stderr, "%% %s: %s\n", path, strerror(errno));
	free_text(text);
	return good;
}

bool apply_config(const struct config *from, const struct config *to)
{
	struct text commands = {0};
	struct text bird = {0};
	struct text running = {0};
	bool good = true;

	print_changes(from, to, is_present, &commands);
	if (commands.length)
		good = shell(commands.data) == 0;
	free_text(&commands);
	print_bird(to, &bird);
	print_config(to, &running);
	good = keep_file(BIRD_CONFIG, &bird) && good;
	good = keep_file(RUNNING_CONFIG, &running) && good;
	/* Before BIRD runs there is no one to tell: it reads the file when it starts. */
	if (access("/run/bird.ctl", F_OK) == 0)
		good = shell("birdc configure >/run/birdc.out 2>&1 || { cat /run/birdc.out; false; }") == 0 && good;
	return good;
}
