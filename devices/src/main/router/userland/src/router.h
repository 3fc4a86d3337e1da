/* The router's commands. They are one program; its name tells which one is meant. */
#ifndef ROUTER_H
#define ROUTER_H

#include "config.h"

#define NVRAM_DEVICE "/dev/nvram"
/* The configuration in effect. */
#define RUNNING_CONFIG "/run/config"
#define BIRD_CONFIG "/etc/bird.conf"
#define PORTS 64

struct port {
	char device[16];
	unsigned slot;
	unsigned port;
};

/* --- store.c: the NVRAM ------------------------------------------------------------------------------------------- */

/* Adds the startup configuration to TEXT; false if there is none. What is wrong is said on standard error. */
bool load_startup(const char *device, struct text *text);
bool save_startup(const char *device, const struct text *text);

/* --- ports.c: what the machine has ---------------------------------------------------------------------------------- */

/* Gives every network interface the name of its slot and port. */
void name_ports(void);
/* The ports in the order of slots; how many. */
unsigned list_ports(struct port *ports);
bool is_present(const char *device);
/* The contents of a small file of the kernel without the end of line; empty if it cannot be read. */
void read_line(const char *path, char *line, size_t size);

/* --- running.c: the configuration in effect -------------------------------------------------------------------------- */

struct config *new_config(void);
/* The configuration in effect, with all ports of the machine. */
struct config *running_config(void);
/* Adds the ports that the configuration does not name. */
void add_ports(struct config *config);
/* The one for a machine that has none: 10.0.k.1/24 on port k. */
void default_config(struct config *config);
/* Makes one configuration of the other, in the kernel and in BIRD. */
bool apply_config(const struct config *from, const struct config *to);
int shell(const char *command);
/* Shows a table of BIRD. */
int show_routes(const char *table);
/* What is seen before the first prompt. */
void greet(void);

/* --- Commands --------------------------------------------------------------------------------------------------------- */

int start_command(int argc, char **argv);
int configure_command(int argc, char **argv);
int write_command(int argc, char **argv);
int copy_command(int argc, char **argv);
int erase_command(int argc, char **argv);
int reload_command(int argc, char **argv);
int show_command(int argc, char **argv);
int help_command(int argc, char **argv);
int nvram_command(int argc, char **argv);
int translate_command(int argc, char **argv);

#endif
