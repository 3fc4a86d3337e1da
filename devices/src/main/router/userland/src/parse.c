/* Lines of the configuration: words, values, and the lines that stand alone. */
#include "config.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINE_LIMIT 1024

const char unknown_line[] = "not understood";
const char incomplete_line[] = "incomplete";

static const char too_many[] = "too many of these";

/* --- Values ------------------------------------------------------------------------------------------------------ */

bool parse_address(const char *word, uint32_t *address)
{
	struct in_addr in;

	if (inet_pton(AF_INET, word, &in) != 1)
		return false;
	*address = ntohl(in.s_addr);
	return true;
}

bool parse_mask(const char *word, uint32_t *mask)
{
	return parse_address(word, mask) && (~*mask & (~*mask + 1)) == 0;
}

unsigned mask_length(uint32_t mask)
{
	return mask ? (unsigned)__builtin_popcount(mask) : 0;
}

static const struct kind {
	const char *name;
	const char *device;
	size_t least;		/* characters of the name that tell it */
} kinds[] = {
	{"FastEthernet", "fa", 1},
	{"GigabitEthernet", "gi", 1},
	{"Ethernet", "e", 1},
	{"Loopback", "lo", 2},
};

/* "1/0" or "1-0", two digits at most on each side. */
static bool parse_slot_port(const char *text, unsigned *slot, unsigned *port)
{
	char copy[8];
	char *mark;

	if (strlen(text) >= sizeof copy)
		return false;
	strcpy(copy, text);
	mark = strpbrk(copy, "/-");
	if (mark == NULL)
		return false;
	*mark = 0;
	return parse_number(copy, 0, 15, slot) && parse_number(mark + 1, 0, 15, port);
}

int parse_interface_name(int count, char **words, struct interface *named)
{
	char letters[NAME_LIMIT];
	size_t length = strcspn(words[0], "0123456789");
	const char *number = words[0] + length;
	int used = 1;
	unsigned slot;
	unsigned port;

	if (length == 0 || length >= sizeof letters)
		return 0;
	memcpy(letters, words[0], length);
	letters[length] = 0;
	if (*number == 0 && count > 1) {
		number = words[1];
		used = 2;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (!is(letters, kinds[i].name, kinds[i].least))
			continue;
		memset(named, 0, sizeof *named);
		named->loopback = strcmp(kinds[i].device, "lo") == 0;
		if (named->loopback && parse_number(number, 0, 65535, &port)) {
			snprintf(named->name, sizeof named->name, "Loopback%u", port);
			strcpy(named->device, "lo");
			return used;
		}
		if (!named->loopback && parse_slot_port(number, &slot, &port)) {
			snprintf(named->name, sizeof named->name, "%s%u/%u", kinds[i].name, slot, port);
			snprintf(named->device, sizeof named->device, "%s%u-%u", kinds[i].device, slot, port);
			return used;
		}
	}
	return 0;
}

struct interface *find_interface(struct config *config, const char *name)
{
	for (unsigned i = 0; i < config->interface_count; i++)
		if (strcmp(config->interfaces[i].name, name) == 0)
			return &config->interfaces[i];
	return NULL;
}

/* Kept in the order in which they are shown: by kind, slot and port, which is the order of strings of one length. */
static bool comes_before(const struct interface *a, const struct interface *b)
{
	size_t length_a = strlen(a->name);
	size_t length_b = strlen(b->name);

	if (a->loopback != b->loopback)
		return a->loopback;
	if (a->name[0] == b->name[0] && length_a != length_b)
		return length_a < length_b;
	return strcmp(a->name, b->name) < 0;
}

struct interface *need_interface(struct config *config, const struct interface *named)
{
	struct interface *found = find_interface(config, named->name);
	unsigned at = 0;

	if (found || config->interface_count == INTERFACES)
		return found;
	while (at < config->interface_count && comes_before(&config->interfaces[at], named))
		at++;
	found = &config->interfaces[at];
	memmove(found + 1, found, (config->interface_count - at) * sizeof *found);
	config->interface_count++;
	*found = *named;
	return found;
}

/* --- Lines that stand alone ---------------------------------------------------------------------------------------- */

static const char *hostname_line(struct parser *parser, struct words words)
{
	char *name = parser->config->hostname;

	if (words.no) {
		strcpy(name, DEFAULT_HOSTNAME);
		return NULL;
	}
	if (words.count < 2)
		return incomplete_line;
	if (strlen(words.word[1]) >= NAME_LIMIT)
		return "a host name has at most 63 characters";
	for (const char *c = words.word[1]; *c; c++)
		if (!isalnum((unsigned char)*c) && !strchr("-_.", *c))
			return "a host name has letters, digits, - _ and .";
	strcpy(name, words.word[1]);
	return NULL;
}

static const char *select_interface(struct parser *parser, struct words words)
{
	struct interface named;

	if (words.count < 2)
		return incomplete_line;
	parser->context = IN_IGNORED;
	if (parse_interface_name(words.count - 1, words.word + 1, &named) != words.count - 1)
		return "there is no such interface; its lines are ignored";
	if (words.no) {
		struct interface *found = find_interface(parser->config, named.name);
		bool physical = found && !found->loopback;

		if (found == NULL)
			return NULL;
		/* A port cannot be taken out; it goes back to what it was. */
		if (physical) {
			*found = named;
		} else {
			size_t behind = (size_t)(&parser->config->interfaces[parser->config->interface_count] - found) - 1;

			memmove(found, found + 1, behind * sizeof *found);
			parser->config->interface_count--;
		}
		parser->context = IN_GLOBAL;
		return NULL;
	}
	parser->interface = need_interface(parser->config, &named);
	if (parser->interface == NULL)
		return too_many;
	parser->context = IN_INTERFACE;
	return NULL;
}

static const char *select_router(struct parser *parser, struct words words)
{
	struct ospf *ospf = &parser->config->ospf;
	unsigned process;

	if (words.count < 2)
		return incomplete_line;
	parser->context = IN_IGNORED;
	if (!is(words.word[1], "ospf", 1))
		return "only OSPF is configured here; its lines are ignored";
	if (words.count < 3)
		return incomplete_line;
	if (!parse_number(words.word[2], 1, 65535, &process))
		return unknown_line;
	if (words.no) {
		if (ospf->process == process) {
			memset(ospf, 0, sizeof *ospf);
			for (unsigned i = 0; i < parser->config->interface_count; i++)
				parser->config->interfaces[i].passive = false;
		}
		parser->context = IN_GLOBAL;
		return NULL;
	}
	if (ospf->process && ospf->process != process)
		return "there is one OSPF process only; its lines are ignored";
	ospf->process = process;
	parser->context = IN_OSPF;
	return NULL;
}

static bool same_route(const struct route *a, const struct route *b)
{
	return a->network == b->network && a->mask == b->mask && a->gateway == b->gateway && strcmp(a->device, b->device) == 0;
}

/* ip route NETWORK MASK {GATEWAY | INTERFACE [GATEWAY] | Null0} [DISTANCE] */
static const char *parse_route(struct words words, struct route *route)
{
	int at = 4;
	int used;
	struct interface named;

	memset(route, 0, sizeof *route);
	route->distance = 1;
	if (words.count < 5)
		return incomplete_line;
	if (!parse_address(words.word[2], &route->network) || !parse_mask(words.word[3], &route->mask))
		return unknown_line;
	if (route->network & ~route->mask)
		return "the address has bits that the mask has not";
	if (is(words.word[at], "Null0", 5)) {
		strcpy(route->device, "null");
		strcpy(route->interface, "Null0");
		at++;
	} else if (!parse_address(words.word[at], &route->gateway)) {
		used = parse_interface_name(words.count - at, words.word + at, &named);
		if (used == 0 || named.loopback)
			return unknown_line;
		strcpy(route->device, named.device);
		strcpy(route->interface, named.name);
		at += used;
		if (at < words.count && parse_address(words.word[at], &route->gateway))
			at++;
	} else {
		at++;
	}
	if (route->gateway == 0 && route->device[0] == 0)
		return unknown_line;
	if (at < words.count && parse_number(words.word[at], 1, 255, &route->distance))
		at++;
	return at == words.count ? NULL : unknown_line;
}

static const char *route_line(struct parser *parser, struct words words)
{
	struct config *config = parser->config;
	struct route route;
	const char *wrong = parse_route(words, &route);
	unsigned at = 0;

	if (wrong)
		return wrong;
	while (at < config->route_count && !same_route(&config->routes[at], &route))
		at++;
	if (words.no) {
		if (at == config->route_count)
			return "there is no such route";
		config->route_count--;
		memmove(&config->routes[at], &config->routes[at + 1], (config->route_count - at) * sizeof route);
		return NULL;
	}
	if (at == ROUTES)
		return too_many;
	config->routes[at] = route;
	if (at == config->route_count)
		config->route_count++;
	return NULL;
}

static const char *name_server_line(struct parser *parser, struct words words)
{
	struct config *config = parser->config;

	if (words.count < 3 && !words.no)
		return incomplete_line;
	if (words.no && words.count < 3)
		config->name_server_count = 0;
	for (int i = 2; i < words.count; i++) {
		uint32_t address;
		unsigned at = 0;

		if (!parse_address(words.word[i], &address))
			return unknown_line;
		while (at < config->name_server_count && config->name_servers[at] != address)
			at++;
		if (words.no && at < config->name_server_count) {
			config->name_server_count--;
			memmove(&config->name_servers[at], &config->name_servers[at + 1],
				(config->name_server_count - at) * sizeof address);
		} else if (!words.no && at == config->name_server_count) {
			if (at == NAME_SERVERS)
				return too_many;
			config->name_servers[config->name_server_count++] = address;
		}
	}
	return NULL;
}

/* "2001:db8::/32"; the address may have bits beyond the length. */
static bool parse_prefix6(const char *word, char *address, unsigned *length)
{
	const char *slash = strchr(word, '/');
	struct in6_addr in;
	char copy[48];

	if (slash == NULL || slash - word >= (int)sizeof copy || !parse_number(slash + 1, 0, 128, length))
		return false;
	memcpy(copy, word, (size_t)(slash - word));
	copy[slash - word] = 0;
	if (inet_pton(AF_INET6, copy, &in) != 1)
		return false;
	return inet_ntop(AF_INET6, &in, address, 48) != NULL;
}

static bool within_length(const char *address, unsigned length)
{
	struct in6_addr in;

	if (inet_pton(AF_INET6, address, &in) != 1)
		return false;
	for (unsigned bit = length; bit < 128; bit++)
		if (in.s6_addr[bit / 8] >> (7 - bit % 8) & 1)
			return false;
	return true;
}

/* ipv6 route PREFIX GATEWAY */
static const char *route6_line(struct parser *parser, struct words words)
{
	struct config *config = parser->config;
	struct route6 route;
	struct in6_addr in;
	unsigned at = 0;

	memset(&route, 0, sizeof route);
	if (words.count < 4)
		return incomplete_line;
	if (words.count > 4 || !parse_prefix6(words.word[2], route.network, &route.length)
		|| inet_pton(AF_INET6, words.word[3], &in) != 1)
		return unknown_line;
	if (!within_length(route.network, route.length))
		return "the address has bits beyond its length";
	inet_ntop(AF_INET6, &in, route.gateway, sizeof route.gateway);
	while (at < config->route6_count && memcmp(&config->routes6[at], &route, sizeof route) != 0)
		at++;
	if (words.no) {
		if (at == config->route6_count)
			return "there is no such route";
		config->route6_count--;
		memmove(&config->routes6[at], &config->routes6[at + 1], (config->route6_count - at) * sizeof route);
	} else if (at == config->route6_count) {
		if (at == ROUTES)
			return too_many;
		config->routes6[config->route6_count++] = route;
	}
	return NULL;
}

/* --- Banner -------------------------------------------------------------------------------------------------------- */

/* Takes a piece of the text up to the delimiter; a line without it is followed by more. */
static const char *banner_text(struct parser *parser, const char *line)
{
	char *banner = parser->config->banner;
	const char *end = strstr(line, parser->delimiter);
	size_t length = end ? (size_t)(end - line) : strlen(line);
	size_t have = strlen(banner);
	bool cut = have + length + 2 > BANNER_LIMIT;

	if (end)
		parser->delimiter[0] = 0;
	if (cut)
		length = have + 2 < BANNER_LIMIT ? BANNER_LIMIT - have - 2 : 0;
	memcpy(banner + have, line, length);
	have += length;
	if (end == NULL && !cut)
		banner[have++] = '\n';
	banner[have] = 0;
	return cut ? "the banner is too long" : NULL;
}

/* banner motd DELIMITER TEXT DELIMITER, where the delimiter is a character or ^ and a letter. */
static const char *banner_line(struct parser *parser, struct words words)
{
	const char *text;
	size_t length;

	if (words.count < 2)
		return incomplete_line;
	if (!is(words.word[1], "motd", 1))
		return unknown_line;
	parser->config->banner[0] = 0;
	if (words.no)
		return NULL;
	text = words.rest + strspn(words.rest, " \t");
	text += strcspn(text, " \t");
	text += strspn(text, " \t");
	if (*text == 0)
		return incomplete_line;
	length = text[0] == '^' && isalpha((unsigned char)text[1]) ? 2 : 1;
	memcpy(parser->delimiter, text, length);
	parser->delimiter[length] = 0;
	text += length;
	return *text ? banner_text(parser, text) : NULL;
}

/* --- All lines ------------------------------------------------------------------------------------------------------ */

static const char *end_line(struct parser *parser, struct words words)
{
	(void)words;
	parser->context = IN_GLOBAL;
	return NULL;
}

/* What stands in many configurations and needs nothing done here. */
static const char *accept_line(struct parser *parser, struct words words)
{
	(void)words;
	parser->context = IN_GLOBAL;
	return NULL;
}

static const char *ignore_block(struct parser *parser, struct words words)
{
	(void)words;
	parser->context = IN_IGNORED;
	return NULL;
}

static const struct global {
	const char *first;
	size_t least;
	const char *second;	/* NULL: any */
	const char *(*line)(struct parser *parser, struct words words);
} globals[] = {
	{"hostname", 2, NULL, hostname_line},
	{"interface", 3, NULL, select_interface},
	{"router", 6, NULL, select_router},
	{"ip", 2, "route", route_line},
	{"ip", 2, "name-server", name_server_line},
	{"ipv6", 4, "route", route6_line},
	{"banner", 3, NULL, banner_line},
	{"end", 3, NULL, end_line},
	{"exit", 2, NULL, end_line},
	{"line", 4, NULL, ignore_block},
	{"version", 7, NULL, accept_line},
	{"service", 7, NULL, accept_line},
	{"boot-start-marker", 17, NULL, accept_line},
	{"boot-end-marker", 15, NULL, accept_line},
	{"ip", 2, "cef", accept_line},
	{"ip", 2, "classless", accept_line},
	{"ip", 2, "subnet-zero", accept_line},
	{"ip", 2, "routing", accept_line},
	{"ip", 2, "domain-lookup", accept_line},
	{"ipv6", 4, "unicast-routing", accept_line},
	{"ipv6", 4, "cef", accept_line},
};

static const char *global_line(struct parser *parser, struct words words)
{
	for (size_t i = 0; i < sizeof globals / sizeof *globals; i++) {
		const struct global *global = &globals[i];

		if (!is(words.word[0], global->first, global->least))
			continue;
		if (global->second && (words.count < 2 || !is(words.word[1], global->second, 3)))
			continue;
		if (global->line != end_line)
			parser->context = IN_GLOBAL;
		return global->line(parser, words);
	}
	return unknown_line;
}

const char *parse_line(struct parser *parser, const char *line)
{
	char copy[LINE_LIMIT];
	char *split_words[WORDS];
	struct words words = {.word = split_words};
	const char *wrong = unknown_line;
	enum context context = parser->context;

	if (parser->delimiter[0])
		return banner_text(parser, line);
	if (strlen(line) >= sizeof copy)
		return "the line is too long";
	strcpy(copy, line);
	words.count = split(copy, split_words);
	if (words.count == 0 || words.word[0][0] == '!')
		return NULL;
	words.rest = line + strspn(line, " \t");
	if (is(words.word[0], "no", 2)) {
		words.no = true;
		words.count--;
		words.word++;
		words.rest += 2;
		words.rest += strspn(words.rest, " \t");
		if (words.count == 0)
			return incomplete_line;
	}
	words.rest += strcspn(words.rest, " \t");
	if (context == IN_INTERFACE)
		wrong = interface_line(parser, words);
	else if (context == IN_OSPF)
		wrong = ospf_line(parser, words);
	if (wrong != unknown_line)
		return wrong;
	wrong = global_line(parser, words);
	/* Lines of a block that is ignored are told by being indented. */
	if (wrong == unknown_line && context == IN_IGNORED && (line[0] == ' ' || line[0] == '\t')) {
		parser->context = IN_IGNORED;
		return NULL;
	}
	return wrong;
}

void parse_config(struct config *config, const char *lines, struct text *complaints)
{
	struct parser parser = {.config = config};
	struct text line = {0};

	for (unsigned number = 1; *lines; number++) {
		size_t length = strcspn(lines, "\r\n");
		const char *wrong;

		line.length = 0;
		add_bytes(&line, lines, length);
		wrong = parse_line(&parser, line.data);
		if (wrong)
			add(complaints, "line %u: %.80s: %s\n", number, line.data, wrong);
		lines += length;
		if (lines[0] == '\r' && lines[1] == '\n')
			lines++;
		if (*lines)
			lines++;
	}
	free_text(&line);
}
