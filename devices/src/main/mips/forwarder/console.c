/* The console: typing lines, and the commands. */
#include "forwarder.h"

#define LINE_SIZE 160u
#define MAX_WORDS 12
#define CTRL(letter) ((letter) & 31)
#define POWER_PORT REG32(MPFPGA + 0x68)
#define SERVICE_RELOAD 8u

static char line[LINE_SIZE];
static char previous[LINE_SIZE];
static u32 length;
static u8 configuring;
static u8 after_return;
static struct session session;

/* --- Output -------------------------------------------------------------------------------------------------- */

static void put(int c)
{
	if (c == '\n')
		put('\r');
	DUART_THRA = (u8)c;
}

void print(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	format_text(put, format, args);
	va_end(args);
}

void print_address(u32 address)
{
	print("%u.%u.%u.%u", address >> 24, address >> 16 & 255, address >> 8 & 255, address & 255);
}

void print_address_column(u32 address)
{
	print_address(address);
	for (u32 part = 0; part < 4; part++, address >>= 8)
		print("%s", (address & 255) < 10 ? "  " : (address & 255) < 100 ? " " : "");
}

static void prompt(void)
{
	const char *mode = ">";

	if (configuring)
		mode = session.interface ? "(config-if)#" : "(config)#";
	print("%s%s", hostname, mode);
}

/* --- Commands ------------------------------------------------------------------------------------------------ */

static void reload(void)
{
	print("Reloading.\n");
	rom_service(SERVICE_RELOAD);
}

static void go_to_rom(void)
{
	print("The configuration register's boot field is now 0; boot starts this program again.\n");
	REMOTE_CONFREG_RW = REMOTE_CONFREG & ~15u;
	rom_service(SERVICE_RELOAD);
}

static void power_off(void)
{
	print("Power supplies off.\n");
	POWER_PORT = 0;
}

static void clear_command(int argc, char **argv)
{
	if (argc && abbreviates(argv[0], "counters")) {
		for (u32 i = 0; i < port_count; i++)
			memset(&ports[i].counters, 0, sizeof ports[i].counters);
	} else if (argc && abbreviates(argv[0], "arp")) {
		clear_arp(NULL);
	} else {
		print("clear counters | arp\n");
	}
}

static void ping_command(int argc, char **argv)
{
	u32 address;

	if (argc && parse_address(argv[0], &address) && address)
		ping(address);
	else
		print("ping A.B.C.D\n");
}

static void write_command(int argc, char **argv)
{
	const char *error;

	if (argc && !abbreviates(argv[0], "memory")) {
		print("write memory\n");
		return;
	}
	error = save_configuration();
	print("%s\n", error ? error : "[OK]");
}

static void copy_command(int argc, char **argv)
{
	if (argc == 2 && abbreviates(argv[0], "running-config") && abbreviates(argv[1], "startup-config"))
		write_command(0, argv);
	else
		print("copy running-config startup-config\n");
}

static void start_configuring(int argc, char **argv)
{
	if (argc && !abbreviates(argv[0], "terminal")) {
		print("configure terminal\n");
		return;
	}
	print("Enter configuration commands, one per line. End with CNTL/Z.\n");
	configuring = 1;
	session.interface = NULL;
}

static void help(void)
{
	print("show ...                      interfaces, routes, neighbours, counters, configuration\n"
		"configure terminal            then: hostname, interface, ip address, [no] shutdown, ip route; end\n"
		"write memory                  keeps the configuration in NVRAM\n"
		"ping A.B.C.D                  five echo requests\n"
		"clear counters | arp\n"
		"reload | poweroff | rommon    the machine starts again, stops, or enters the ROM monitor\n"
		"Configuration commands work without configure terminal, too.\n");
}

static void leave(void)
{
	if (session.interface)
		session.interface = NULL;
	else
		configuring = 0;
}

/* 1 if the word is a command of its own. */
static int run_plain(const char *word)
{
	if (same_word(word, "reload"))
		reload();
	else if (same_word(word, "poweroff"))
		power_off();
	else if (same_word(word, "rommon"))
		go_to_rom();
	else if (abbreviates(word, "help") || same_word(word, "?"))
		help();
	else if (same_word(word, "end"))
		configuring = 0;
	else if (same_word(word, "exit"))
		leave();
	else if (!configuring && same_word(word, "enable"))
		return 1;
	else
		return 0;
	return 1;
}

static void run(int argc, char **argv)
{
	const char *word = argv[0];
	const char *error;

	if (argc == 1 && run_plain(word))
		return;
	if (abbreviates(word, "show") && strlen(word) > 1 && !(configuring && strlen(word) < 3))
		show_command(argc - 1, argv + 1);
	else if (abbreviates(word, "ping"))
		ping_command(argc - 1, argv + 1);
	else if (abbreviates(word, "write"))
		write_command(argc - 1, argv + 1);
	else if (abbreviates(word, "copy") && strlen(word) > 2)
		copy_command(argc - 1, argv + 1);
	else if (abbreviates(word, "configure") && strlen(word) > 3)
		start_configuring(argc - 1, argv + 1);
	else if (abbreviates(word, "clear") && strlen(word) > 1)
		clear_command(argc - 1, argv + 1);
	else if ((error = configure(&session, argc, argv)) != NULL)
		print("%% %s\n", error);
}

/* --- Input --------------------------------------------------------------------------------------------------- */

static void end_line(void)
{
	char *words[MAX_WORDS];
	int count;

	print("\n");
	line[length] = 0;
	if (length)
		copy_text(previous, line, sizeof previous);
	length = 0;
	count = split_words(line, words, MAX_WORDS);
	if (count)
		run(count, words);
	prompt();
}

static void rub_out(u32 count)
{
	for (; count && length; count--, length--)
		print("\b \b");
}

static void type_key(int c)
{
	int ignored = c == '\n' && after_return;

	after_return = c == '\r';
	if (ignored)
		return;
	switch (c) {
	case '\r':
	case '\n':
		end_line();
		break;
	case '\b':
	case 127:
		rub_out(1);
		break;
	case CTRL('U'):
		rub_out(length);
		break;
	case CTRL('P'):
		rub_out(length);
		copy_text(line, previous, sizeof line);
		length = strlen(line);
		print("%s", line);
		break;
	case CTRL('C'):
	case CTRL('Z'):
		length = 0;
		configuring = 0;
		session.interface = NULL;
		print("^%c\n", c + 64);
		prompt();
		break;
	default:
		if (c >= ' ' && c <= '~' && length < LINE_SIZE - 1) {
			line[length++] = (char)c;
			print("%c", c);
		}
	}
}

/* Reading the status drops the console's interrupt; characters that come later raise it again. */
void read_console(void)
{
	while (DUART_SRA & SR_RXRDY)
		type_key((int)(DUART_RHRA & 0xFF));
}

/* Takes what was typed while a command runs; 1 if it was Ctrl-C. */
int console_interrupted(void)
{
	int stop = 0;

	while (DUART_SRA & SR_RXRDY)
		stop |= (DUART_RHRA & 0xFF) == CTRL('C');
	return stop;
}

void start_console(void)
{
	DUART_IMR = 2;		/* received characters interrupt */
	prompt();
}
