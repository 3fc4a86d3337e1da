/* From a bare kernel to a working router; run once by init. It does itself what a script would need a dozen processes for,
 * which is most of what a start costs. */
#include "router.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/klog.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define SYSCTL_CONFIG "/etc/sysctl.conf"
#define SET_CONSOLE_LEVEL 8
/* Errors only: what else the kernel says is shown by dmesg. */
#define CONSOLE_LEVEL 4

static const struct file_system {
	const char *type;
	const char *where;
	const char *options;
} file_systems[] = {
	{"proc", "/proc", ""},
	{"sysfs", "/sys", ""},
	{"devtmpfs", "/dev", ""},
	{"devpts", "/dev/pts", "mode=620"},
	{"tmpfs", "/run", "mode=755"},
	{"tmpfs", "/tmp", "mode=1777"},
};

static void mount_all(void)
{
	for (size_t i = 0; i < sizeof file_systems / sizeof *file_systems; i++) {
		const struct file_system *system = &file_systems[i];

		mkdir(system->where, 0755);
		/* Already mounted is as good. */
		if (mount(system->type, system->where, system->type, MS_NOSUID, system->options) < 0 && errno != EBUSY)
			perror(system->where);
	}
}

/* One line "net.ipv4.ip_forward = 1". */
static void set_parameter(char *line)
{
	char path[128] = "/proc/sys/";
	char *words[WORDS];
	int fd;

	line[strcspn(line, "#\n")] = 0;
	if (split(line, words) != 3 || strlen(words[0]) > sizeof path - 16)
		return;
	strcat(path, words[0]);
	for (char *c = path; *c; c++)
		if (*c == '.')
			*c = '/';
	fd = open(path, O_WRONLY | O_CLOEXEC);
	/* A kernel without IPv6 does not have all of them. */
	if (fd < 0)
		return;
	if (write(fd, words[2], strlen(words[2])) < 0)
		perror(path);
	close(fd);
}

static void set_parameters(void)
{
	char line[256];
	FILE *in = fopen(SYSCTL_CONFIG, "r");

	while (in && fgets(line, sizeof line, in))
		set_parameter(line);
	if (in)
		fclose(in);
}

static void raise_loopback(void)
{
	struct ifreq request;
	int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	memset(&request, 0, sizeof request);
	strcpy(request.ifr_name, "lo");
	if (control < 0 || ioctl(control, SIOCGIFFLAGS, &request) < 0)
		return;
	request.ifr_flags |= IFF_UP;
	ioctl(control, SIOCSIFFLAGS, &request);
	close(control);
}

static bool ignore_startup(void)
{
	char line[1024];

	read_line("/proc/cmdline", line, sizeof line);
	return strstr(line, "noconfig") != NULL;
}

/* Names the ports and carries out the startup configuration. BIRD finds its own when init starts it. */
static bool first_config(void)
{
	struct config *nothing = new_config();
	struct config *config = new_config();
	struct text text = {0};
	struct text complaints = {0};

	/* What the kernel calls itself is not known: the name is set in any case. */
	nothing->hostname[0] = 0;
	add_ports(nothing);
	for (unsigned i = 0; i < nothing->interface_count; i++)
		nothing->interfaces[i].shutdown = true;
	if (!ignore_startup() && load_startup(NVRAM_DEVICE, &text)) {
		parse_config(config, text_of(&text), &complaints);
		add_ports(config);
		if (complaints.length)
			printf("The startup configuration has lines that have no effect:\n%s", complaints.data);
	} else {
		default_config(config);
	}
	free_text(&text);
	free_text(&complaints);
	return apply_config(nothing, config);
}

int start_command(int argc, char **argv)
{
	bool good;

	(void)argc;
	(void)argv;
	umask(022);
	chmod("/", 0755);
	setenv("PATH", "/bin:/sbin", 1);
	mount_all();
	klogctl(SET_CONSOLE_LEVEL, NULL, CONSOLE_LEVEL);
	set_parameters();
	raise_loopback();
	name_ports();
	good = first_config();
	greet();
	return good ? 0 : 1;
}
