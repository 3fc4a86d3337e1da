/* show: what the router does, in the order and words that users of the machine know. */
#include "router.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* --- The machine ------------------------------------------------------------------------------------------------------- */

/* The value of "NAME : VALUE" in a file of the kernel. */
static void read_field(const char *path, const char *name, char *value, size_t size)
{
	char line[256];
	FILE *in = fopen(path, "r");

	value[0] = 0;
	while (in && fgets(line, sizeof line, in)) {
		char *colon = strchr(line, ':');

		if (colon && strncmp(line, name, strlen(name)) == 0) {
			colon += 1 + strspn(colon + 1, " \t");
			colon[strcspn(colon, "\n")] = 0;
			snprintf(value, size, "%s", colon);
			break;
		}
	}
	if (in)
		fclose(in);
}

/* ca01.2345.0000 */
static void print_mac(const char *device)
{
	char path[64];
	char mac[32];
	unsigned digits = 0;

	snprintf(path, sizeof path, "/sys/class/net/%s/address", device);
	read_line(path, mac, sizeof mac);
	for (const char *c = mac; *c; c++) {
		if (!isxdigit((unsigned char)*c))
			continue;
		if (digits && digits % 4 == 0)
			putchar('.');
		putchar(*c);
		digits++;
	}
}

static void print_addresses(const struct interface *interface)
{
	for (unsigned i = 0; i < interface->address_count; i++)
		printf("%s" DOTTED "/%u", i ? ", " : "", DOTS(interface->addresses[i].address),
			mask_length(interface->addresses[i].mask));
}

static void print_ports(const struct config *config)
{
	for (unsigned i = 0; i < config->interface_count; i++) {
		const struct interface *interface = &config->interfaces[i];

		if (interface->loopback || !is_present(interface->device))
			continue;
		printf("  %-18s %-6s ", interface->name, interface->device);
		print_mac(interface->device);
		printf("  ");
		print_addresses(interface);
		puts(interface->shutdown ? "shut down" : interface->address_count ? "" : "no address");
	}
}

static void print_machine(void)
{
	char machine[128];
	char processor[128];
	char memory[64];
	struct utsname name;

	read_field("/proc/cpuinfo", "system type", machine, sizeof machine);
	read_field("/proc/cpuinfo", "cpu model", processor, sizeof processor);
	read_field("/proc/meminfo", "MemTotal", memory, sizeof memory);
	uname(&name);
	printf("Xenomips open router, %s %s (%s)\n", name.sysname, name.release, name.machine);
	printf("%s, processor %s, %lu MB of memory for programs\n", machine[0] ? machine : "unknown machine",
		processor[0] ? processor : "unknown", strtoul(memory, NULL, 10) / 1024);
}

void greet(void)
{
	struct config *config = running_config();

	putchar('\n');
	print_machine();
	print_ports(config);
	if (config->banner[0])
		printf("\n%s\n", config->banner);
	printf("\nREADY %s: \"help\" names the commands of the router\n\n", config->hostname);
	free(config);
}

static void show_version(void)
{
	char uptime[64];
	unsigned long seconds;

	print_machine();
	read_line("/proc/uptime", uptime, sizeof uptime);
	seconds = strtoul(uptime, NULL, 10);
	printf("up for %lu days %02lu:%02lu:%02lu\n", seconds / 86400, seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
	shell("bird --version 2>&1; busybox | head -1");
	print_ports(running_config());
}

/* --- Interfaces ---------------------------------------------------------------------------------------------------------- */

static unsigned long long counter(const char *device, const char *name)
{
	char path[128];
	char line[32];

	snprintf(path, sizeof path, "/sys/class/net/%s/statistics/%s", device, name);
	read_line(path, line, sizeof line);
	return strtoull(line, NULL, 10);
}

static const char *line_state(const struct interface *interface)
{
	static char state[32];
	char path[64];

	if (!is_present(interface->device))
		return "absent";
	if (interface->loopback)
		return interface->shutdown ? "down" : "up";
	snprintf(path, sizeof path, "/sys/class/net/%s/operstate", interface->device);
	read_line(path, state, sizeof state);
	/* Drivers that do not watch the line say that they do not know. */
	return strcmp(state, "unknown") == 0 ? "up" : state;
}

static const char *admin_state(const struct interface *interface)
{
	return interface->shutdown ? "administratively down" : "up";
}

static void show_interface(const struct interface *interface)
{
	const char *device = interface->device;
	char path[64];
	char mtu[32];

	printf("%s is %s, line protocol is %s\n", interface->name, admin_state(interface), line_state(interface));
	if (interface->description[0])
		printf("  Description: %s\n", interface->description);
	printf("  Linux device is %s", device);
	if (!interface->loopback) {
		printf(", address is ");
		print_mac(device);
	}
	printf("\n");
	if (interface->address_count) {
		printf("  Internet address is ");
		print_addresses(interface);
		printf("\n");
	}
	for (unsigned i = 0; i < interface->address6_count; i++)
		printf("  IPv6 address is %s/%u\n", interface->addresses6[i].text, interface->addresses6[i].length);
	if (interface->loopback || !is_present(device))
		return;
	snprintf(path, sizeof path, "/sys/class/net/%s/mtu", device);
	read_line(path, mtu, sizeof mtu);
	printf("  MTU %s bytes\n", mtu);
	printf("     %llu packets input, %llu bytes, %llu dropped, %llu errors, %llu overruns\n", counter(device, "rx_packets"),
		counter(device, "rx_bytes"), counter(device, "rx_dropped"), counter(device, "rx_errors"),
		counter(device, "rx_over_errors"));
	printf("     %llu packets output, %llu bytes, %llu dropped, %llu errors, %llu collisions\n",
		counter(device, "tx_packets"), counter(device, "tx_bytes"), counter(device, "tx_dropped"),
		counter(device, "tx_errors"), counter(device, "collisions"));
}

static int show_interfaces(int argc, char **argv)
{
	struct config *config = running_config();
	struct interface named;
	struct interface *found;

	if (argc > 0) {
		if (parse_interface_name(argc, argv, &named) != argc || !(found = find_interface(config, named.name))) {
			fputs("% There is no such interface.\n", stderr);
			return 1;
		}
		show_interface(found);
		return 0;
	}
	for (unsigned i = 0; i < config->interface_count; i++)
		show_interface(&config->interfaces[i]);
	return 0;
}

static int show_brief(void)
{
	struct config *config = running_config();

	printf("%-20s %-18s %-22s %s\n", "Interface", "IP address", "Status", "Protocol");
	for (unsigned i = 0; i < config->interface_count; i++) {
		const struct interface *interface = &config->interfaces[i];
		char address[32] = "unassigned";

		if (interface->address_count)
			snprintf(address, sizeof address, DOTTED "/%u", DOTS(interface->addresses[0].address),
				mask_length(interface->addresses[0].mask));
		printf("%-20s %-18s %-22s %s\n", interface->name, address, admin_state(interface), line_state(interface));
	}
	return 0;
}

static int show_counters(void)
{
	struct port ports[PORTS];
	unsigned count = list_ports(ports);

	printf("%-10s %14s %16s %10s %14s %16s %10s\n", "Device", "packets in", "bytes in", "lost in", "packets out", "bytes out",
		"lost out");
	for (unsigned i = 0; i < count; i++) {
		const char *device = ports[i].device;

		printf("%-10s %14llu %16llu %10llu %14llu %16llu %10llu\n", device, counter(device, "rx_packets"),
			counter(device, "rx_bytes"), counter(device, "rx_dropped") + counter(device, "rx_errors"),
			counter(device, "tx_packets"), counter(device, "tx_bytes"),
			counter(device, "tx_dropped") + counter(device, "tx_errors"));
	}
	return 0;
}

/* --- What can be shown ------------------------------------------------------------------------------------------------------ */

static int show_startup(void)
{
	struct text text = {0};

	if (!load_startup(NVRAM_DEVICE, &text)) {
		puts("There is no startup configuration.");
		return 1;
	}
	fwrite(text.data, 1, text.length, stdout);
	if (text.data[text.length - 1] != '\n')
		putchar('\n');
	return 0;
}

static int version(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	show_version();
	return 0;
}

static int running(int argc, char **argv)
{
	static char name[] = "write";
	static char what[] = "terminal";
	char *words[] = {name, what, NULL};

	(void)argc;
	(void)argv;
	return write_command(2, words);
}

static int startup(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return show_startup();
}

static int counters(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return show_counters();
}

static int routes(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return show_routes("master4");
}

static int routes6(int argc, char **argv)
{
	(void)argc;
	(void)argv;
	return show_routes("master6");
}

static int ip_interface(int argc, char **argv)
{
	return argc == 0 || is(argv[0], "brief", 1) ? show_brief() : show_interfaces(argc, argv);
}

static const struct subject {
	const char *words[3];
	int (*run)(int argc, char **argv);
	const char *command;	/* for the shell, if there is no function */
} subjects[] = {
	{{"version"}, version, NULL},
	{{"interfaces"}, show_interfaces, NULL},
	{{"ip", "interface"}, ip_interface, NULL},
	{{"ip", "route"}, routes, NULL},
	{{"ip", "ospf", "neighbor"}, NULL, "birdc show ospf neighbors | tail -n +2"},
	{{"ip", "ospf", "interface"}, NULL, "birdc show ospf interface | tail -n +2"},
	{{"ip", "ospf", "database"}, NULL, "birdc show ospf lsadb | tail -n +2"},
	{{"ip", "ospf"}, NULL, "birdc show ospf | tail -n +2"},
	{{"ip", "protocols"}, NULL, "birdc show protocols all | tail -n +2"},
	{{"ipv6", "route"}, routes6, NULL},
	{{"running-config"}, running, NULL},
	{{"startup-config"}, startup, NULL},
	{{"arp"}, NULL, "ip neigh"},
	{{"counters"}, counters, NULL},
	{{"processes"}, NULL, "top -b -n 1"},
	{{"memory"}, NULL, "free"},
	{{"logging"}, NULL, "dmesg; logread; cat /run/bird.log"},
	{{"clock"}, NULL, "date"},
};

static int length_of(const struct subject *subject)
{
	int length = 0;

	while (length < 3 && subject->words[length])
		length++;
	return length;
}

static bool means(const struct subject *subject, int argc, char **argv)
{
	int length = length_of(subject);

	if (argc < length)
		return false;
	for (int i = 0; i < length; i++)
		if (!is(argv[i], subject->words[i], 1))
			return false;
	return true;
}

static void list_subjects(FILE *out)
{
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		fputs("  show", out);
		for (int j = 0; j < length_of(&subjects[i]); j++)
			fprintf(out, " %s", subjects[i].words[j]);
		fputs("\n", out);
	}
}

int show_command(int argc, char **argv)
{
	if (argc == 2 && (is(argv[1], "help", 1) || strcmp(argv[1], "?") == 0)) {
		list_subjects(stdout);
		return 0;
	}
	for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
		int length = length_of(&subjects[i]);

		if (!means(&subjects[i], argc - 1, argv + 1))
			continue;
		if (subjects[i].run)
			return subjects[i].run(argc - 1 - length, argv + 1 + length);
		if (argc - 1 > length)
			break;
		return shell(subjects[i].command);
	}
	fputs("% That cannot be shown. What can be (words may be abbreviated):\n", stderr);
	list_subjects(stderr);
	return 2;
}
