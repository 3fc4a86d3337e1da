/* The configuration: what the lines of IOS say, and what follows from it. */
#ifndef CONFIG_H
#define CONFIG_H

#include "text.h"

#define NAME_LIMIT 64
#define INTERFACES 64
#define ADDRESSES 16
#define ROUTES 512
#define NETWORKS 128
#define NAME_SERVERS 4
#define BANNER_LIMIT 2048
#define DEFAULT_HOSTNAME "Router"
/* Longest configuration that is read. */
#define CONFIG_LIMIT (1u << 20)

struct address {
	uint32_t address;
	uint32_t mask;
	bool secondary;
};

struct address6 {
	char text[48];
	unsigned length;
};

enum authentication { AUTH_NONE, AUTH_SIMPLE, AUTH_MD5 };

struct interface_ospf {
	unsigned cost;		/* 0: by the kind of interface */
	unsigned hello;		/* seconds; 0: default */
	unsigned dead;		/* seconds; 0: four hellos */
	unsigned priority;
	bool has_priority;
	bool point_to_point;
	enum authentication authentication;
	char key[32];
	unsigned digest_id;
	char digest_key[32];
};

struct interface {
	char name[NAME_LIMIT];	/* FastEthernet1/0 */
	char device[16];	/* fa1-0 */
	bool loopback;
	bool shutdown;
	unsigned mtu;		/* 0: default */
	char description[NAME_LIMIT];
	unsigned address_count;
	struct address addresses[ADDRESSES];
	unsigned address6_count;
	struct address6 addresses6[ADDRESSES];
	struct interface_ospf ospf;
	bool passive;		/* differs from the default of router ospf */
};

struct route {
	uint32_t network;
	uint32_t mask;
	uint32_t gateway;	/* 0: none */
	char device[16];	/* as Linux calls it; empty: none; "null": thrown away */
	char interface[NAME_LIMIT];
	unsigned distance;
};

struct route6 {
	char network[48];
	unsigned length;
	char gateway[48];
};

struct network {
	uint32_t address;
	uint32_t wildcard;
	uint32_t area;
};

struct redistribute {
	bool on;
	bool has_metric;
	unsigned metric;
	unsigned type;		/* 1 or 2 */
};

struct ospf {
	unsigned process;	/* 0: no OSPF */
	uint32_t router_id;	/* 0: chosen */
	unsigned network_count;
	struct network networks[NETWORKS];
	bool passive_default;
	struct redistribute connected;
	struct redistribute fixed;
	bool originate;
	bool originate_always;
};

struct config {
	char hostname[NAME_LIMIT];
	char banner[BANNER_LIMIT];
	unsigned interface_count;
	struct interface interfaces[INTERFACES];
	unsigned route_count;
	struct route routes[ROUTES];
	unsigned route6_count;
	struct route6 routes6[ROUTES];
	unsigned name_server_count;
	uint32_t name_servers[NAME_SERVERS];
	struct ospf ospf;
};

/* --- Reading (parse.c, parse_interface.c, parse_ospf.c) ---------------------------------------------------------- */

enum context { IN_GLOBAL, IN_INTERFACE, IN_OSPF, IN_IGNORED };

struct parser {
	struct config *config;
	enum context context;
	struct interface *interface;
	char delimiter[3];	/* of a banner that goes on; empty otherwise */
};

/* NULL if a line was understood, else what is wrong with it. */
const char *parse_line(struct parser *parser, const char *line);
/* Carries out all lines; what is wrong is added to COMPLAINTS with the number of the line. */
void parse_config(struct config *config, const char *lines, struct text *complaints);

struct words {
	int count;
	char **word;
	const char *rest;	/* the line as it is written, from the word after the first */
	bool no;
};

/* What the parts of the parser say when a line is not theirs. */
extern const char unknown_line[];
extern const char incomplete_line[];
const char *interface_line(struct parser *parser, struct words words);
const char *ospf_line(struct parser *parser, struct words words);

bool parse_address(const char *word, uint32_t *address);
bool parse_mask(const char *word, uint32_t *mask);
/* "FastEthernet1/0", "fa 1/0", "fa1-0", "Loopback0" in one or two words: the words used, 0 if it is no interface. */
int parse_interface_name(int count, char **words, struct interface *named);
struct interface *find_interface(struct config *config, const char *name);
struct interface *need_interface(struct config *config, const struct interface *named);

/* --- Writing (print.c, apply.c, bird.c) -------------------------------------------------------------------------- */

void init_config(struct config *config);
/* The configuration as lines. */
void print_config(const struct config *config, struct text *out);
/* The commands that lead from one configuration to another, for the shell. PRESENT tells which devices exist; NULL: all. */
void print_changes(const struct config *from, const struct config *to, bool (*present)(const char *device), struct text *out);
/* The configuration of BIRD. */
void print_bird(const struct config *config, struct text *out);
unsigned mask_length(uint32_t mask);

/* For printf: "%u.%u.%u.%u". */
#define DOTTED "%u.%u.%u.%u"
#define DOTS(a) (a) >> 24, (a) >> 16 & 255, (a) >> 8 & 255, (a) & 255

#endif
