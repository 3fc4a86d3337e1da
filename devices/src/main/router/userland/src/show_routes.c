/* The routing table as BIRD has it, in the form that users of the machine know. */
#include "router.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* BIRD's "10.1.0.0/24  unicast [ospf1 12:00:00.000] * IA (150/20) [10.0.0.2]", the ways following in lines of their own. */
struct bird_route {
	char network[64];
	char kind[16];		/* unicast, blackhole, unreachable */
	char code[8];
	unsigned preference;
	unsigned metric;
	bool best;
};

static void read_code(const char *protocol, const char *flags, struct bird_route *route)
{
	const char *code = "B";

	if (strncmp(protocol, "connected", 9) == 0)
		code = "C";
	else if (strncmp(protocol, "static", 6) == 0 || strcmp(protocol, "fallback") == 0)
		code = "S";
	else if (strncmp(protocol, "ospf", 4) == 0)
		code = strstr(flags, " IA ") ? "O IA" : strstr(flags, " E1 ") ? "O E1" : strstr(flags, " E2 ") ? "O E2" : "O";
	strcpy(route->code, code);
}

static bool read_route(const char *line, struct bird_route *route)
{
	char protocol[32] = "";
	char network[64] = "";
	const char *flags = strchr(line, ']');
	const char *numbers = strrchr(line, '(');
	const char *bracket = strchr(line, '[');

	/* More than one route to a network: the others have no network in front of them. */
	if (line[0] != ' ') {
		if (sscanf(line, "%63s", network) != 1)
			return false;
		strcpy(route->network, network);
	}
	if (flags == NULL || numbers == NULL || bracket == NULL || sscanf(bracket, "[%31s", protocol) != 1)
		return false;
	if (sscanf(line + (line[0] == ' ' ? 0 : strlen(network)), "%15s", route->kind) != 1)
		return false;
	route->metric = 0;
	if (sscanf(numbers, "(%u/%u", &route->preference, &route->metric) < 1)
		return false;
	route->best = strstr(flags, " * ") != NULL;
	read_code(protocol, flags, route);
	return true;
}

static unsigned distance_of(const struct bird_route *route)
{
	if (route->code[0] == 'O')
		return 110;
	return route->preference >= 150 ? (200 - route->preference) * 110 / 49 + 1 : 260 - route->preference;
}

struct shown_route {
	uint8_t key[17];	/* network and length, in the order in which they are shown */
	char line[256];
};

struct shown_routes {
	struct shown_route *routes;
	size_t count;
	size_t size;
};

static void set_key(const char *network, uint8_t *key)
{
	char address[64];
	unsigned length = 0;

	memset(key, 0, 17);
	if (sscanf(network, "%63[^/]/%u", address, &length) != 2)
		return;
	if (inet_pton(AF_INET, address, key) != 1)
		inet_pton(AF_INET6, address, key);
	key[16] = (uint8_t)length;
}

static int by_key(const void *a, const void *b)
{
	const struct shown_route *x = a;
	const struct shown_route *y = b;
	int order = memcmp(x->key, y->key, sizeof x->key);

	return order ? order : strcmp(x->line, y->line);
}

static void add_way(struct shown_routes *shown, const struct bird_route *route, const char *way)
{
	char gateway[64] = "";
	char device[32] = "";
	char metric[32] = "";
	char ways[128];
	struct shown_route *next;

	if (shown->count == shown->size) {
		size_t size = shown->size ? 2 * shown->size : 64;
		struct shown_route *more = realloc(shown->routes, size * sizeof *more);

		if (more == NULL)
			return;
		shown->routes = more;
		shown->size = size;
	}
	if (route->code[0] != 'C')
		snprintf(metric, sizeof metric, " [%u/%u]", distance_of(route), route->metric);
	if (way == NULL)
		snprintf(ways, sizeof ways, "%s", route->kind);
	else if (sscanf(way, " via %63s on %31s", gateway, device) == 2)
		snprintf(ways, sizeof ways, "via %s, %s", gateway, device);
	else if (sscanf(way, " dev %31s", device) == 1)
		snprintf(ways, sizeof ways, "directly on %s", device);
	else
		return;
	next = &shown->routes[shown->count++];
	set_key(route->network, next->key);
	snprintf(next->line, sizeof next->line, "%-5s %-18s%s %s", route->code, route->network, metric, ways);
}

static void read_routes(FILE *in, struct shown_routes *shown)
{
	struct bird_route route = {.best = false};
	char line[512];

	while (fgets(line, sizeof line, in)) {
		if (line[0] == '\t') {
			if (route.best)
				add_way(shown, &route, line);
		} else if (strchr(line, '[') && read_route(line, &route)) {
			if (route.best && strcmp(route.kind, "unicast") != 0)
				add_way(shown, &route, NULL);
		} else {
			route.best = false;
		}
	}
}

int show_routes(const char *table)
{
	struct shown_routes shown = {0};
	char command[128];
	FILE *in;

	snprintf(command, sizeof command, "birdc show route table %s 2>/dev/null", table);
	in = popen(command, "r");
	if (in == NULL)
		return 1;
	read_routes(in, &shown);
	if (pclose(in) != 0)
		return shell(strcmp(table, "master6") == 0 ? "ip -6 route" : "ip route");
	puts("C connected, S static, O OSPF, IA between areas, E1 and E2 external, B other\n");
	if (shown.count)
		qsort(shown.routes, shown.count, sizeof *shown.routes, by_key);
	for (size_t i = 0; i < shown.count; i++)
		puts(shown.routes[i].line);
	free(shown.routes);
	return 0;
}
