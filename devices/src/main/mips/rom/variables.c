/* ROM monitor variables. The remote-control device keeps them, in a file on the host, from the moment they are set. */
#include "rom.h"

static void send(const char *text, u32 limit)
{
	REMOTE_VAR_COMMAND = VAR_REWIND;
	while (*text && limit--)
		REMOTE_VAR_DATA = (u8)*text++;
}

static int carry_out(u32 command)
{
	REMOTE_VAR_COMMAND = command;
	return (int)REMOTE_VAR_COMMAND;
}

/* Copies the device's buffer; at least one character is stored, and a NUL, whatever the size. */
static void receive(char *to, u32 size)
{
	u32 room = size > 1 ? size - 1 : 1;

	if (room > VAR_BUFFER_SIZE)
		room = VAR_BUFFER_SIZE;
	while (room--) {
		int c = (u8)REMOTE_VAR_DATA;

		*to = (char)c;
		if (c == 0)
			return;
		to++;
	}
	*to = 0;
}

int variable_set(const char *assignment, u32 limit)
{
	send(assignment, limit);
	return carry_out(VAR_SET);
}

int variable_get(const char *name, char *value, u32 size)
{
	send(name, VAR_BUFFER_SIZE - 1);
	if (carry_out(VAR_GET))
		return -1;
	receive(value, size);
	return 0;
}

int variable_unset(const char *name)
{
	send(name, VAR_BUFFER_SIZE - 1);
	return carry_out(VAR_UNSET);
}

int variable_at(u32 index, char *assignment, u32 size)
{
	char digits[12];
	int n = sizeof digits - 1;

	digits[n] = 0;
	do {
		digits[--n] = (char)('0' + index % 10);
		index /= 10;
	} while (index);
	send(digits + n, sizeof digits);
	if (carry_out(VAR_LIST))
		return -1;
	receive(assignment, size);
	return 0;
}
