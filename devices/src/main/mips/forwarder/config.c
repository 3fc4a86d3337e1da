/* The configuration, in the words of IOS: the same lines are typed, stored in NVRAM and shown. */
#include "forwarder.h"

#define STARTUP_SIZE 32768u
#define LINE_WORDS 12
#define DEFAULT_HOSTNAME "forwarder"

char hostname[NAME_LIMIT] = DEFAULT_HOSTNAME;

static const char incomplete[] = "Incomplete command.";
static const char invalid[] = "Invalid input.";
static const char no_interface[] = "Name an interface first, for example: interface FastEthernet0/0";

/* --- Values -------------------------------------------------------------------------------------------------- */

int parse_address(const char *text, u32 *address)
{
	u32 value = 0;

	for (u32 part = 0; part < 4; part++) {
		u32 n = 0;
		u32 digits = 0;

		for (; is_digit(*text) && digits < 4; text++, digits++)
			n = n * 10 + (u32)(*text - '0');
		if (digits == 0 || n > 255 || *text != (part < 3 ? '.' : 0))
			return 0;
		text++;
		value = value << 8 | n;
	}
	*address = value;
	return 1;
}

static int parse_mask(const char *text, u32 *mask)
{
	return parse_address(text, mask) && (~*mask & (~*mask + 1)) == 0;
}

/* Accepts "FastEthernet0/0", "fa 0/0" and the like. */
int parse_interface(int argc, char **argv, struct port **port)
{
	char kind[16];
	const char *p = argv[0];
	u32 n = 0;

	while (*p && !is_digit(*p) && n < sizeof kind - 1)
		kind[n++] = *p++;
	kind[n] = 0;
	if (*p == 0 && argc > 1)
		p = argv[1];
	if (!abbreviates(kind, "FastEthernet") || !is_digit(p[0]) || p[1] != '/' || !is_digit(p[2]) || p[3])
		return 0;
	*port = port_named((u32)(p[0] - '0'), (u32)(p[2] - '0'));
	return *port != NULL;
}

/* --- Lines --------------------------------------------------------------------------------------------------- */

static const char *set_address(struct port *port, u32 address, u32 mask)
{
	if (address && (address >> 24 == 0 || address >> 24 == 127 || address >= 0xE0000000u))
		return "That is no address for an interface.";
	if (address && mask < 0xFFFFFFFE && ((address & ~mask) == 0 || (address | mask) == 0xFFFFFFFF))
		return "Bad mask for that address.";
	for (u32 i = 0; address && i < port_count; i++) {
		u32 common = mask & ports[i].mask;

		if (&ports[i] != port && ports[i].address && (address & common) == (ports[i].address & common))
			return "The network overlaps with that of another interface.";
	}
	clear_arp(port);
	port->address = address;
	port->mask = mask;
	rebuild_routes();
	if (port->up)
		announce(port);
	return NULL;
}

static const char *ip_address(struct session *session, int argc, char **argv, int remove)
{
	u32 address;
	u32 mask;

	if (session->interface == NULL)
		return no_interface;
	if (remove)
		return set_address(session->interface, 0, 0);
	if (argc < 2)
		return incomplete;
	if (!parse_address(argv[0], &address) || !parse_mask(argv[1], &mask))
		return invalid;
	return set_address(session->interface, address, mask);
}

static const char *ip_route(int argc, char **argv, int remove)
{
	u32 network;
	u32 mask;
	u32 gateway;

	if (argc < 3)
		return incomplete;
	if (!parse_address(argv[0], &network) || !parse_mask(argv[1], &mask) || !parse_address(argv[2], &gateway)
		|| gateway == 0)
		return invalid;
	if (network & ~mask)
		return "Inconsistent address and mask.";
	if (remove)
		return remove_static_route(network, mask, gateway) ? NULL : "There is no such route.";
	return add_static_route(network, mask, gateway) ? NULL : "Too many routes.";
}

static const char *ip_line(struct session *session, int argc, char **argv, int remove)
{
	if (argc == 0)
		return incomplete;
	if (abbreviates(argv[0], "address"))
		return ip_address(session, argc - 1, argv + 1, remove);
	if (abbreviates(argv[0], "route"))
		return ip_route(argc - 1, argv + 1, remove);
	return invalid;
}

static const char *set_shutdown(struct session *session, int down)
{
	struct port *port = session->interface;

	if (port == NULL)
		return no_interface;
	if (port->up == !down)
		return NULL;
	port->up = !down;
	if (down) {
		stop_port(port);
		clear_arp(port);
	} else {
		start_port(port);
		announce(port);
	}
	rebuild_routes();
	return NULL;
}

static const char *set_hostname(const char *name)
{
	u32 n = strlen(name);

	for (u32 i = 0; i < n; i++)
		if (name[i] <= ' ' || name[i] > '~')
			return invalid;
	if (n == 0 || n >= NAME_LIMIT)
		return "A host name has 1 to 31 characters.";
	copy_text(hostname, name, NAME_LIMIT);
	return NULL;
}

const char *configure(struct session *session, int argc, char **argv)
{
	int remove = argc > 1 && same_word(argv[0], "no");

	if (remove) {
		argc--;
		argv++;
	}
	if (argc == 0 || argv[0][0] == '!')
		return NULL;
	if (abbreviates(argv[0], "interface") && strlen(argv[0]) > 2) {
		if (argc < 2)
			return incomplete;
		return parse_interface(argc - 1, argv + 1, &session->interface) ? NULL : "There is no such interface.";
	}
	if (same_word(argv[0], "ip"))
		return ip_line(session, argc - 1, argv + 1, remove);
	if (abbreviates(argv[0], "shutdown") && strlen(argv[0]) > 2)
		return set_shutdown(session, !remove);
	if (abbreviates(argv[0], "hostname") && strlen(argv[0]) > 1) {
		if (!remove && argc < 2)
			return incomplete;
		return set_hostname(remove ? DEFAULT_HOSTNAME : argv[1]);
	}
	return invalid;
}

/* --- The whole configuration --------------------------------------------------------------------------------- */

void default_configuration(void)
{
	for (u32 i = 0; i < port_count; i++) {
		ports[i].address = 10u << 24 | i << 8 | 1;
		ports[i].mask = 0xFFFFFF00;
		ports[i].up = 1;
	}
}

static void write_address(void (*line)(const char *format, ...), u32 address, u32 mask)
{
	line(" ip address %u.%u.%u.%u %u.%u.%u.%u\n", address >> 24, address >> 16 & 255, address >> 8 & 255,
		address & 255, mask >> 24, mask >> 16 & 255, mask >> 8 & 255, mask & 255);
}

void write_configuration(void (*line)(const char *format, ...))
{
	line("!\nhostname %s\n!\n", hostname);
	for (u32 i = 0; i < port_count; i++) {
		line("interface %s\n", ports[i].name);
		if (ports[i].address)
			write_address(line, ports[i].address, ports[i].mask);
		else
			line(" no ip address\n");
		line(ports[i].up ? " no shutdown\n!\n" : " shutdown\n!\n");
	}
	write_static_routes(line);
	line("end\n");
}

static char *startup;		/* text being written or read */
static u32 startup_length;

static void store_character(int c)
{
	if (startup_length < STARTUP_SIZE - 1)
		startup[startup_length++] = (char)c;
}

static void store_line(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_text(store_character, format, args);
	va_end(args);
}

static void need_startup(void)
{
	if (startup == NULL)
		startup = allocate(STARTUP_SIZE, 16);
	startup_length = 0;
}

/* Carries out one stored line; 1 if it was not understood. */
static u32 apply(struct session *session, char *line)
{
	char *words[LINE_WORDS];
	int count = split_words(line, words, LINE_WORDS);

	return count && !same_word(words[0], "end") && configure(session, count, words) != NULL;
}

/* A stored configuration starts from interfaces without addresses, not from the defaults. */
static void clear_configuration(void)
{
	for (u32 i = 0; i < port_count; i++) {
		ports[i].address = 0;
		ports[i].mask = 0;
	}
	rebuild_routes();
}

/* 1 if there is a startup configuration and it was carried out. */
int load_configuration(void)
{
	struct session session = {NULL};
	u32 unknown = 0;
	char *line;
	int length;

	need_startup();
	length = read_startup(startup, STARTUP_SIZE - 1);
	if (length < 0)
		print("The startup configuration is stored in a form this program cannot read.\n");
	if (length <= 0)
		return 0;
	clear_configuration();
	startup[length] = 0;
	line = startup;
	for (char *p = startup; p <= startup + length; p++)
		if (*p == '\n' || *p == '\r' || *p == 0) {
			*p = 0;
			unknown += apply(&session, line);
			line = p + 1;
		}
	if (unknown)
		print("%u lines of the startup configuration were not understood and are ignored.\n", unknown);
	return 1;
}

const char *save_configuration(void)
{
	need_startup();
	write_configuration(store_line);
	return write_startup(startup, startup_length);
}
