/* Network interfaces and the slots that they are in. */
#include "router.h"

#include <dirent.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#define NETWORK_CLASS "/sys/class/net"
/* The kernel gives the controller for port p of slot s the interrupt IRQ_BASE + 8 s + p. */
#define IRQ_BASE 32
#define PORTS_PER_SLOT 8
#define SLOTS 8

void read_line(const char *path, char *line, size_t size)
{
	FILE *in = fopen(path, "r");

	line[0] = 0;
	if (in == NULL)
		return;
	if (fgets(line, (int)size, in))
		line[strcspn(line, "\n")] = 0;
	else
		line[0] = 0;
	fclose(in);
}

/* The name for a controller's ports: by its driver. */
static const char *prefix_of(const char *device)
{
	char path[128];
	char target[256];
	ssize_t length;
	const char *driver;

	snprintf(path, sizeof path, NETWORK_CLASS "/%s/device/driver", device);
	length = readlink(path, target, sizeof target - 1);
	if (length < 0)
		return NULL;
	target[length] = 0;
	driver = strrchr(target, '/');
	driver = driver ? driver + 1 : target;
	if (strcmp(driver, "tulip") == 0)
		return "fa";
	if (strcmp(driver, "pcnet32") == 0)
		return "e";
	return strcmp(driver, "e1000") == 0 ? "gi" : NULL;
}

static bool port_of(const char *device, struct port *port)
{
	char path[128];
	char line[32];
	const char *prefix = prefix_of(device);
	unsigned irq;

	snprintf(path, sizeof path, NETWORK_CLASS "/%s/device/irq", device);
	read_line(path, line, sizeof line);
	if (prefix == NULL || !parse_number(line, IRQ_BASE, IRQ_BASE + SLOTS * PORTS_PER_SLOT - 1, &irq))
		return false;
	port->slot = (irq - IRQ_BASE) / PORTS_PER_SLOT;
	port->port = (irq - IRQ_BASE) % PORTS_PER_SLOT;
	snprintf(port->device, sizeof port->device, "%s%u-%u", prefix, port->slot, port->port);
	return true;
}

void name_ports(void)
{
	struct dirent **found;
	int count = scandir(NETWORK_CLASS, &found, NULL, alphasort);
	int control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	for (int i = 0; i < count; i++) {
		struct port port;
		struct ifreq request;

		if (control >= 0 && port_of(found[i]->d_name, &port) && strcmp(found[i]->d_name, port.device) != 0) {
			memset(&request, 0, sizeof request);
			snprintf(request.ifr_name, IFNAMSIZ, "%.15s", found[i]->d_name);
			snprintf(request.ifr_newname, IFNAMSIZ, "%.15s", port.device);
			if (ioctl(control, SIOCSIFNAME, &request) < 0)
				perror(found[i]->d_name);
		}
		free(found[i]);
	}
	if (count >= 0)
		free(found);
	if (control >= 0)
		close(control);
}

static int by_slot(const void *a, const void *b)
{
	const struct port *x = a;
	const struct port *y = b;

	if (x->slot != y->slot)
		return x->slot < y->slot ? -1 : 1;
	return x->port < y->port ? -1 : x->port > y->port;
}

unsigned list_ports(struct port *ports)
{
	DIR *directory = opendir(NETWORK_CLASS);
	struct dirent *entry;
	unsigned count = 0;

	while (directory && count < PORTS && (entry = readdir(directory)))
		if (port_of(entry->d_name, &ports[count]) && strcmp(entry->d_name, ports[count].device) == 0)
			count++;
	if (directory)
		closedir(directory);
	qsort(ports, count, sizeof *ports, by_slot);
	return count;
}

bool is_present(const char *device)
{
	char path[64];

	snprintf(path, sizeof path, NETWORK_CLASS "/%.15s", device);
	return access(path, F_OK) == 0;
}
